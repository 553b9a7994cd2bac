// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.util.VectorUtils;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** A data file as the log of its table has it. */
public final class LoggedFile {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String path;
  private final AddFile add;

  LoggedFile(String table, AddFile add) {
    this.path = address(table, add.getPath());
    this.add = add;
  }

  /**
   * The address of a file.
   *
   * @param path as the log has it: escaped as in a URI, relative to the table where it can be
   */
  static String address(String table, String path) {
    return new Path(new Path(table), new Path(URI.create(path))).toString();
  }

  /** The addresses of some. */
  public static List<String> paths(List<LoggedFile> files) {
    return files.stream().map(LoggedFile::path).toList();
  }

  /** Its address. */
  public String path() {
    return path;
  }

  public long bytes() {
    return add.getSize();
  }

  /** When it was written, in ms since 1970. */
  public long modified() {
    return add.getModificationTime();
  }

  /** Whether it has rows that are no longer part of the table. */
  public boolean hasDeletedRows() {
    return add.getDeletionVector().isPresent();
  }

  /** Whether its rows are new to the table, and do not only come from other files of it. */
  boolean bringsRows() {
    return add.getDataChange();
  }

  /** The values of the columns that the table is partitioned by. */
  public Map<String, String> partition() {
    return VectorUtils.toJavaMap(add.getPartitionValues());
  }

  /** The first and the last time in a column, empty if the log does not say. */
  public Optional<Times> times(String column) {
    return bounds(column)
        .map(b -> new Times(Instant.parse(b.min.asText()), Instant.parse(b.max.asText())));
  }

  /** The smallest and the largest number in a column, empty if the log does not say. */
  public Optional<Numbers> numbers(String column) {
    return bounds(column).map(b -> new Numbers(b.min.longValue(), b.max.longValue()));
  }

  private Optional<Bounds> bounds(String column) {
    try {
      JsonNode statistics = JSON.readTree(add.getStatsJson().orElse("{}"));
      JsonNode min = statistics.path("minValues").path(column);
      JsonNode max = statistics.path("maxValues").path(column);
      return min.isMissingNode() || max.isMissingNode()
          ? Optional.empty()
          : Optional.of(new Bounds(min, max));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("statistics of " + path + " are no JSON", e);
    }
  }

  AddFile add() {
    return add;
  }

  /** The first and the last time of several, to the millisecond below. */
  public record Times(Instant first, Instant last) {}

  /** The smallest and the largest of several. */
  public record Numbers(long min, long max) {}

  private record Bounds(JsonNode min, JsonNode max) {}
}
