// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.billion.schemas.EventId;
import dev.billion.sink.SinkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the producers of a run say they sent: in each shard the sequences from 0 up to, but not
 * including, the next one.
 *
 * @param run the run
 * @param next the next sequence of each shard
 * @param poison how many records they sent beside these that can only become dead letters
 */
public record SentRun(long run, List<Long> next, long poison) {

  private static final ObjectMapper JSON = new ObjectMapper();

  public SentRun {
    next = List.copyOf(next);
  }

  /** A run without poison. */
  SentRun(long run, List<Long> next) {
    this(run, next, 0);
  }

  /**
   * Reads the last line of a producer's output that is a JSON object.
   *
   * @throws SinkException if there is none, or it is not a summary
   */
  public static SentRun read(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      String summary =
          lines.filter(line -> line.startsWith("{")).reduce((one, later) -> later).orElse("");
      return parse(JSON.readTree(summary));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new SinkException(
          "no summary of a producer in %s: %s (valid: a line {\"run\":\"<12 hex digits>\",\"shards\":N,\"next_sequences\":[N numbers]})"
              .formatted(file, e.getMessage().lines().findFirst().orElse("")),
          e);
    } catch (IOException | java.io.UncheckedIOException e) {
      throw new SinkException("cannot read %s: %s".formatted(file, e), e);
    }
  }

  /**
   * This and what another producer of the same run says: of each shard the later sequence, and the
   * poison of both.
   */
  SentRun merge(SentRun other) {
    return new SentRun(
        run,
        IntStream.range(0, Math.max(next.size(), other.next.size()))
            .mapToObj(shard -> Math.max(next(shard), other.next(shard)))
            .toList(),
        poison + other.poison);
  }

  long next(int shard) {
    return shard < next.size() ? next.get(shard) : 0;
  }

  private static SentRun parse(JsonNode summary) {
    String run = summary.path("run").asText();
    if (!run.matches("[0-9a-f]{12}")) {
      throw new IllegalArgumentException("run is '%s'".formatted(run));
    }
    List<Long> next =
        IntStream.range(0, summary.path("next_sequences").size())
            .mapToObj(shard -> sequence(summary.path("next_sequences").get(shard)))
            .toList();
    if (next.isEmpty() || next.size() != summary.path("shards").asInt(next.size())) {
      throw new IllegalArgumentException(
          "next_sequences has %d numbers for %s shards"
              .formatted(next.size(), summary.path("shards")));
    }
    return new SentRun(Long.parseLong(run, 16), next, poison(summary));
  }

  private static long poison(JsonNode summary) {
    JsonNode poison = summary.path("poison");
    if (!poison.isMissingNode() && (!poison.canConvertToLong() || poison.asLong() < 0)) {
      throw new IllegalArgumentException("poison is " + poison);
    }
    return poison.asLong();
  }

  private static long sequence(JsonNode number) {
    if (!number.canConvertToLong()
        || number.asLong() < 0
        || number.asLong() > EventId.MAX_SEQUENCE) {
      throw new IllegalArgumentException("next sequence is " + number);
    }
    return number.asLong();
  }
}
