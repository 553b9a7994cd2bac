// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.maintain;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.sink.testing.DataFiles;
import dev.billion.sink.testing.Program;
import dev.billion.sink.testing.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long maintenance leaves files that are not part of a table. */
class RetentionIT {

  private static final int EVENTS = 300;

  @TempDir private Path directory;
  private Path events;
  private String table;

  @BeforeEach
  void nameTable() {
    events = directory.resolve("events");
    table = events.toString();
  }

  /** Also when a checkpoint of Delta Kernel does not tell of it any more. */
  @Test
  void aFileIsKeptForAsLongAfterItWasRemovedFromTheTableHoweverOldItIs() throws Exception {
    // Given
    DataFiles.commit(table, 3, EVENTS);
    List<Path> old = Tables.files(table).stream().map(file -> Path.of(file.path())).toList();
    age(old, 30);
    age(commits(), 30);

    // When
    assertThat(Program.maintain(table).out().get(0))
        .contains("\"files_before\":3,\"files_after\":1,");
    List<Path> untilRemoved = commits();
    DataFiles.commit(table, 30, EVENTS);
    assertThat(Program.maintain(table).exit()).isZero();

    // Then
    assertThat(old).allSatisfy(file -> assertThat(file).exists());

    // When
    untilRemoved.retainAll(commits());
    age(untilRemoved, 8);
    assertThat(Program.maintain(table).exit()).isZero();

    // Then
    assertThat(old).allSatisfy(file -> assertThat(file).doesNotExist());
  }

  @Test
  void aRetentionIsObeyedWhateverTheTablesOwnIs() throws Exception {
    // Given
    DataFiles.commit(table, 1, EVENTS);
    Path old = DataFiles.orphan(events, "part-old.parquet", Duration.ofDays(8));
    Path young = DataFiles.orphan(events, "part-young.parquet", Duration.ofHours(3));

    // Then
    assertThat(Program.maintain(table, "--vacuum-retention", "30d").exit()).isZero();
    assertThat(old).exists();
    assertThat(Program.maintain(table, "--vacuum-retention", "2h").exit()).isZero();
    assertThat(old).doesNotExist();
    assertThat(young).doesNotExist();
  }

  @Test
  void aRetentionThatEndangersARunningBatchIsRefused() {
    Program.Result result = Program.maintain(table, "--vacuum-retention", "10m");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.lastError())
        .startsWith("error: a retention of 600 s would delete files that a running batch");
  }

  private List<Path> commits() throws IOException {
    try (Stream<Path> log = Files.list(events.resolve("_delta_log"))) {
      return log.filter(file -> file.toString().endsWith(".json")).collect(toList());
    }
  }

  private static void age(List<Path> files, int days) throws IOException {
    for (Path file : files) {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(days))));
    }
  }
}
