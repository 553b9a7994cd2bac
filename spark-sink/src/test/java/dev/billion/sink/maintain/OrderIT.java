// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.sink.SparkSessions;
import dev.billion.sink.table.TableLayout;
import dev.billion.sink.testing.DataFiles;
import dev.billion.sink.testing.Program;
import dev.billion.sink.testing.Tables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Maintenance that brings rows near each other. */
class OrderIT {

  private static final int ROUND = 300;

  @TempDir private Path directory;

  @Test
  void rowsAreBroughtNearEachOtherOnceAndAreTheSame() throws Exception {
    // Given
    DataFiles.commit(path("ordered"), 3, ROUND);
    List<Row> rows = rows("ordered");

    // When
    Program.Result first = order("ordered", "event_time,ingest_time");
    Program.Result again = order("ordered", "event_time,ingest_time");

    // Then
    assertThat(first.err()).isEmpty();
    assertThat(first.out().get(0))
        .contains("\"partitions\":1,\"files_before\":3,\"files_after\":1,");
    assertThat(Tables.log(directory.resolve("ordered")))
        .contains("\"zOrderBy\":\"[\\\"event_time\\\",\\\"ingest_time\\\"]\"");
    assertThat(rows("ordered")).isEqualTo(rows).hasSize(3 * ROUND);
    assertThat(Tables.files(path("ordered"))).hasSize(1);
    assertThat(again.out().get(0)).contains("\"partitions\":0,");
  }

  @Test
  void rowsAreBroughtNearEachOtherOnlyByColumnsWithStatistics() throws Exception {
    // Given
    DataFiles.commit(path("otherwise"), 3, ROUND);
    List<Row> rows = rows("otherwise");

    // When
    Program.Result refused = order("otherwise", "user_id");
    try (SparkSession spark = SparkSessions.open(null)) {
      spark.sql(
          "ALTER TABLE delta.`%s` SET TBLPROPERTIES ('%s' = 'event_time,ingest_time,user_id')"
              .formatted(path("otherwise"), TableLayout.STATISTICS));
    }
    DataFiles.commit(path("otherwise"), 3, ROUND);
    Program.Result ordered = order("otherwise", "user_id");

    // Then
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.lastError())
        .startsWith("error: table %s keeps no statistics of user_id,".formatted(path("otherwise")))
        .contains("(valid: event_time,ingest_time, and what else");
    assertThat(ordered.err()).isEmpty();
    assertThat(Tables.files(path("otherwise"))).hasSize(1);
    assertThat(Tables.log(directory.resolve("otherwise")))
        .contains("\\\"maxValues\\\":{")
        .contains("\\\"user_id\\\":999");
    assertThat(rows("otherwise")).hasSize(2 * rows.size()).containsAll(rows);
  }

  private Program.Result order(String table, String columns) {
    return Program.maintain(path(table), "--zorder", columns);
  }

  private List<Row> rows(String table) throws IOException {
    return Tables.query("*", path(table), "ORDER BY kafka_offset");
  }

  private String path(String table) {
    return directory.resolve(table).toString();
  }
}
