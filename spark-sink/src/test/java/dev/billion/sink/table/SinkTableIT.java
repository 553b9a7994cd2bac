// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.sink.SparkSessions;
import java.io.File;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table of the sink, without a sink. */
class SinkTableIT {

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
    for (int batch = 1; batch < 15; batch++) {
      table.commit(List.of(), "test", batch, Map.of());
    }
    for (File file : log.toFile().listFiles()) {
      assertThat(file.setLastModified(0)).isTrue();
    }

    // When
    for (int batch = 15; batch < 20; batch++) {
      table.commit(List.of(), "test", batch, Map.of());
    }

    // Then
    assertThat(log.toFile().list((folder, name) -> Character.isDigit(name.charAt(0))))
        .contains("%020d.checkpoint.parquet".formatted(10))
        .contains("%020d.checkpoint.parquet".formatted(20))
        .allMatch(name -> name.compareTo("%020d".formatted(10)) > 0);
    assertThat(table.versions()).isEqualTo(Map.of("of a quiet partition", 7L, "test", 19L));
  }
}
