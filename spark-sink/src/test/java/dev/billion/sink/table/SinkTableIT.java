// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.sink.SparkSessions;
import dev.billion.sink.decode.EventLayout;
import dev.billion.sink.testing.DataFiles;
import dev.billion.sink.write.DataFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table of the sink, without a sink. */
class SinkTableIT {

  private static final Pattern ADDED = Pattern.compile("\"add\":\\{\"path\":\"([^\"]+)\"");
  private static final String SYNC = "jdk.FileForce";
  private static final String DRAFT = "(.*/)\\.([0-9]+\\.json)\\..*\\.tmp";

  private static SparkSession spark;

  @TempDir private Path directory;

  @BeforeAll
  static void startSpark() {
    spark = SparkSessions.open(null);
  }

  @AfterAll
  static void stopSpark() throws Exception {
    spark.close();
  }

  @Test
  void aTableThatSeveralMakeAtOnceIsMadeForAll() throws Exception {
    int makers = 3;
    ExecutorService threads = Executors.newFixedThreadPool(makers);
    try {
      for (int round = 0; round < 20; round++) {
        // Given
        String table = directory.resolve("made-" + round).toString();
        CyclicBarrier start = new CyclicBarrier(makers);
        Callable<Boolean> make =
            () -> {
              SinkTable made = new SinkTable(spark, table, TableLayout.EVENTS);
              start.await();
              made.createIfAbsent();
              return made.exists();
            };

        // When
        List<Future<Boolean>> made = threads.invokeAll(Collections.nCopies(makers, make));

        // Then
        for (Future<Boolean> each : made) {
          assertThat(each.get()).isTrue();
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void oldLogFilesAreDeletedAndTheOffsetsInThemAreNot() throws Exception {
    // Given
    SinkTable table = new SinkTable(spark, directory.toString(), TableLayout.EVENTS);
    table.createIfAbsent();
    Path log = directory.resolve("_delta_log");
    table.commit(List.of(), "test", 0, Map.of("of a quiet partition", 7L));
    for (int batch = 1; batch < 95; batch++) {
      table.commit(List.of(), "test", batch, Map.of());
    }
    for (File file : log.toFile().listFiles()) {
      assertThat(file.setLastModified(0)).isTrue();
    }

    // When
    for (int batch = 95; batch < 100; batch++) {
      table.commit(List.of(), "test", batch, Map.of());
    }

    // Then
    assertThat(log.toFile().list((folder, name) -> Character.isDigit(name.charAt(0))))
        .contains("%020d.checkpoint.parquet".formatted(90))
        .contains("%020d.checkpoint.parquet".formatted(100))
        .allMatch(name -> name.compareTo("%020d".formatted(90)) > 0);
    assertThat(table.versions()).isEqualTo(Map.of("of a quiet partition", 7L, "test", 99L));
  }

  @Test
  void aCommitIsOnTheDiskBeforeItIsThereAndItsFilesAreBeforeIt() throws Exception {
    // Given
    String uri = directory.toUri().toString();
    SinkTable table = new SinkTable(spark, uri, TableLayout.EVENTS);
    table.createIfAbsent();
    List<String> synced;

    // When
    try (DataFiles files = new DataFiles();
        Recording recording = new Recording()) {
      recording.enable(SYNC).withThreshold(Duration.ZERO);
      recording.start();
      for (int batch = 0; batch < 10; batch++) {
        Configuration hadoop = spark.sparkContext().hadoopConfiguration();
        List<DataFile> written = files.write(uri, EventLayout.USER_EVENT, batch, 1, hadoop);
        table.commit(written, "test", batch, Map.of());
      }
      recording.stop();
      synced = paths(recording);
    }

    // Then
    String log = directory.resolve("_delta_log").toString();
    for (int version = 1; version <= 10; version++) {
      String commit = "%s/%020d.json".formatted(log, version);
      Matcher added = ADDED.matcher(Files.readString(Path.of(commit)));
      assertThat(added.find()).isTrue();
      Path file = directory.resolve(added.group(1));
      assertThat(synced)
          .containsSubsequence(
              file.toString(),
              file.resolveSibling(".%s.crc".formatted(file.getFileName())).toString(),
              file.getParent().toString(),
              directory.toString(),
              "%s/draft of %020d.json".formatted(log, version),
              commit,
              log,
              directory.toString());
    }
    assertThat(synced).contains("%s/%020d.checkpoint.parquet".formatted(log, 10));
  }

  /** What was synced, in that order; for the draft of a file what it is a draft of. */
  private static List<String> paths(Recording syncs) throws IOException {
    Path file = Files.createTempFile("syncs", ".jfr");
    try {
      syncs.dump(file);
      return RecordingFile.readAllEvents(file).stream()
          .filter(event -> event.getEventType().getName().equals(SYNC))
          .sorted(Comparator.comparing(RecordedEvent::getStartTime))
          .map(event -> event.getString("path").replaceFirst(DRAFT, "$1draft of $2"))
          .toList();
    } finally {
      Files.delete(file);
    }
  }
}
