// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.billion.local.Errors;
import dev.billion.local.LocalStackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The log of a local Delta table that rows are only ever added to; small files may have become
 * large ones.
 *
 * @param commits oldest first
 * @param files those of the newest version
 * @see <a href="https://github.com/delta-io/delta/blob/master/PROTOCOL.md">Delta's protocol</a>
 */
public record DeltaLog(List<Commit> commits, List<DataFile> files) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads it.
   *
   * @throws LocalStackException if there is none, or rows were taken away
   */
  public static DeltaLog read(Path table) {
    try (Stream<Path> log = Files.list(table.resolve("_delta_log"))) {
      List<Path> versions = log.filter(DeltaLog::isVersion).sorted().toList();
      List<Commit> commits = new ArrayList<>();
      Map<String, DataFile> files = new LinkedHashMap<>();
      for (Path version : versions) {
        commits.add(commit(version, files));
      }
      return new DeltaLog(commits, List.copyOf(files.values()));
    } catch (IOException e) {
      throw new LocalStackException("cannot read the table's log: " + Errors.describe(e), e);
    }
  }

  private static boolean isVersion(Path entry) {
    return entry.getFileName().toString().matches("\\d{20}\\.json");
  }

  public long records() {
    return files.stream().mapToLong(DataFile::records).sum();
  }

  public long bytes() {
    return files.stream().mapToLong(DataFile::bytes).sum();
  }

  /**
   * Reads a version.
   *
   * @param present the table's files by their paths, which it changes
   */
  private static Commit commit(Path version, Map<String, DataFile> present) throws IOException {
    Instant written = Files.getLastModifiedTime(version).toInstant();
    List<DataFile> added = new ArrayList<>();
    for (String line : Files.readAllLines(version)) {
      JsonNode action = JSON.readTree(line);
      if (action.has("remove")) {
        if (changesRows(action.get("remove"))) {
          throw new LocalStackException("rows were taken from the table: " + version);
        }
        present.remove(action.at("/remove/path").asText());
      }
      if (action.has("add")) {
        DataFile file = file(action.get("add"), version);
        present.put(action.at("/add/path").asText(), file);
        if (changesRows(action.get("add"))) {
          added.add(file);
        }
      }
    }
    return new Commit(written, List.copyOf(added));
  }

  private static boolean changesRows(JsonNode file) {
    return file.path("dataChange").asBoolean(true);
  }

  private static DataFile file(JsonNode add, Path version) throws IOException {
    JsonNode statistics = JSON.readTree(add.path("stats").asText("{}"));
    if (!statistics.has("numRecords")) {
      throw new LocalStackException("a file has no count of its rows: " + version);
    }
    return new DataFile(
        add.path("size").asLong(), statistics.get("numRecords").asLong(), events(statistics));
  }

  private static Optional<DataFile.Span> events(JsonNode statistics) {
    JsonNode earliest = statistics.at("/minValues/event_time");
    JsonNode latest = statistics.at("/maxValues/event_time");
    return earliest.isTextual() && latest.isTextual()
        ? Optional.of(new DataFile.Span(instant(earliest), instant(latest)))
        : Optional.empty();
  }

  private static Instant instant(JsonNode time) {
    return OffsetDateTime.parse(time.asText()).toInstant();
  }
}
