// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billion.bench.report.Figure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeltaLogTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path table;

  @BeforeEach
  void createTable() throws Exception {
    Files.createDirectory(table.resolve("_delta_log"));
    write(0, START, "{\"metaData\":{}}");
  }

  @Test
  void allFilesThatWereAddedCount() throws Exception {
    // Given
    write(1, START, add("a", 100, 10, 0, 1) + "\n" + add("b", 50, 5, 0, 1));
    write(2, START, "{\"commitInfo\":{}}\n" + add("c", 30, 3, 1, 2));
    Files.writeString(table.resolve("_delta_log").resolve("_last_checkpoint"), "{}");

    // When
    DeltaLog log = DeltaLog.read(table);

    // Then
    assertThat(log.records()).isEqualTo(18);
    assertThat(log.bytes()).isEqualTo(180);
    assertThat(log.files()).hasSize(3);
  }

  @Test
  void aFileWithoutACountOfItsRowsIsRefused() throws Exception {
    write(1, START, "{\"add\":{\"path\":\"a\",\"size\":1}}");

    assertThatThrownBy(() -> DeltaLog.read(table))
        .hasMessageStartingWith("a file has no count of its rows: ");
  }

  @Test
  void aTableThatLostRowsIsRefused() throws Exception {
    write(1, START, "{\"remove\":{\"path\":\"a\",\"dataChange\":true}}");

    assertThatThrownBy(() -> DeltaLog.read(table))
        .hasMessageStartingWith("rows were taken from the table: ");
  }

  @Test
  void filesThatWerePutTogetherCountOnceAndCommitNoRows() throws Exception {
    // Given
    write(1, START, add("a", 100, 10, 0, 1) + "\n" + add("b", 50, 5, 0, 1));
    write(
        2,
        START,
        remove("a") + "\n" + remove("b") + "\n" + add("c", 140, 15, 0, 1).replace("true", "false"));

    // When
    DeltaLog log = DeltaLog.read(table);

    // Then
    assertThat(log.files())
        .singleElement()
        .satisfies(
            file -> {
              assertThat(file.bytes()).isEqualTo(140);
              assertThat(file.records()).isEqualTo(15);
            });
    assertThat(log.commits().get(1).files()).hasSize(2);
    assertThat(log.commits().get(2).files()).isEmpty();
  }

  @Test
  void delaysAreThoseOfEventsThatLieEvenlyInAFileAndAtMostThatOfItsFirst() throws Exception {
    // Given: events of the seconds 10 to 20, committed at 25 s, and due 1 s after their time
    write(1, START.plusSeconds(9), add("a", 1, 1000, 5, 8));
    write(2, START.plusSeconds(25), add("b", 1, 1000, 10, 20));

    // When
    Map<Figure, Double> delays =
        new CommitDelays(DeltaLog.read(table), START.plusSeconds(10), Duration.ofSeconds(1))
            .figures();

    // Then
    assertThat(delays)
        .isEqualTo(
            Map.of(
                Figure.COMMIT_DELAY_P50, 8950.0,
                Figure.COMMIT_DELAY_P99, 13850.0,
                Figure.COMMIT_DELAY_P99_BOUND, 14000.0,
                Figure.COMMIT_DELAY_MAX, 14000.0));
  }

  @Test
  void aTableThatDoesNotKeepTheTimeOfEventsHasNoDelays() throws Exception {
    write(1, START, "{\"add\":{\"path\":\"a\",\"size\":1,\"stats\":\"{\\\"numRecords\\\":1}\"}}");

    assertThat(new CommitDelays(DeltaLog.read(table), START, Duration.ZERO).figures()).isEmpty();
  }

  private static String remove(String path) {
    return "{\"remove\":{\"path\":\"%s\",\"dataChange\":false}}".formatted(path);
  }

  private static String add(String path, long bytes, long records, long from, long to) {
    return "{\"add\":{\"path\":\"%s\",\"size\":%d,\"dataChange\":true,\"stats\":\"%s\"}}"
        .formatted(
            path,
            bytes,
            "{'numRecords':%d,'minValues':{'event_time':'%s'},'maxValues':{'event_time':'%s'}}"
                .formatted(records, START.plusSeconds(from), START.plusSeconds(to))
                .replace("'", "\\\""));
  }

  private void write(int version, Instant written, String actions) throws Exception {
    Path file = table.resolve("_delta_log").resolve("%020d.json".formatted(version));
    Files.writeString(file, actions + "\n");
    Files.setLastModifiedTime(file, FileTime.from(written));
  }
}
