// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.schemas.EventId;
import dev.billion.sink.SparkSessions;
import dev.billion.sink.table.SinkTable;
import dev.billion.sink.table.TableLayout;
import dev.billion.sink.testing.Events;
import dev.billion.sink.testing.Program;
import java.nio.file.Path;
import java.sql.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyIT {

  private static final long RUN = 0x0193a5c1f2aaL;

  @TempDir private Path directory;

  @Test
  void everyKindOfFlawIsFoundInItsShard() throws Exception {
    // Given
    try (SparkSession spark = SparkSessions.open(null)) {
      SinkTable events = new SinkTable(spark, path("events"), TableLayout.EVENTS);
      SinkTable deadLetters = new SinkTable(spark, path("dead_letters"), TableLayout.DEAD_LETTERS);
      events.createIfAbsent();
      deadLetters.createIfAbsent();
      List<Row> rows = LongStream.of(0, 1, 1, 3, 5).mapToObj(VerifyIT::event).toList();
      append(spark, path("events"), TableLayout.EVENTS, rows);
      Row dead = deadLetter(3L, Events.value(1, Events.event(RUN, 2, 4)));
      List<Row> deadRows = List.of(dead, dead, deadLetter(4L, new byte[] {1}));
      append(spark, path("dead_letters"), TableLayout.DEAD_LETTERS, deadRows);
    }

    // When
    Program.Result result =
        Program.run(List.of("verify", "--json", "--by-shard", "--table", path("events")));

    // Then
    assertThat(result.out())
        .containsExactly(
            "{\"ok\":false,\"runs\":[{\"run\":\"0193a5c1f2aa\",\"shards\":1,\"records\":5,\"missing\":1,"
                + "\"duplicates\":1,\"unexpected\":0,\"dead_letters\":1,\"by_shard\":[{\"shard\":2,\"first\":0,"
                + "\"last\":5,\"count\":5,\"missing\":1,\"duplicates\":1,\"unexpected\":0,\"dead_letters\":1}]}],"
                + "\"dead_letters\":3,\"doubled_dead_letters\":1,\"unidentified\":0,\"lost_offsets\":0,"
                + "\"poison\":0,\"missing_poison\":0}");
    assertThat(result.lastError())
        .isEqualTo(
            "error: table %s: run 0193a5c1f2aa: 1 missing, 1 duplicates, 0 unexpected; 1 dead letters stored twice"
                .formatted(path("events")));
    assertThat(result.exit()).isEqualTo(1);
  }

  @Test
  void aTableThatIsNotThereProvesNothing() {
    Program.Result result = Program.run(List.of("verify", "--table", path("absent")));

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.lastError()).startsWith("error: no table at " + path("absent"));
  }

  @Test
  void aTableWithoutEventsProvesNothing() throws Exception {
    try (SparkSession spark = SparkSessions.open(null)) {
      new SinkTable(spark, path("events"), TableLayout.EVENTS).createIfAbsent();
    }

    Program.Result result = Program.run(List.of("verify", "--table", path("events")));

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out().get(0)).startsWith("NOT OK");
    assertThat(result.lastError()).endsWith("no events, so nothing is proven");
  }

  @Test
  void aRowThatIsDeletedByAVectorIsMissingAlsoWherePathsLookLikePatterns() throws Exception {
    // Given
    String table = path("{events} of [today]*");
    try (SparkSession spark = SparkSessions.open(null)) {
      SinkTable events = new SinkTable(spark, table, TableLayout.EVENTS);
      events.createIfAbsent();
      List<Row> rows = LongStream.of(0, 1, 2, 3).mapToObj(VerifyIT::event).toList();
      append(spark, table, TableLayout.EVENTS, rows);
    }
    assertThat(Program.run(List.of("verify", "--table", table)).exit()).isZero();

    // When
    try (SparkSession spark = SparkSessions.open(null)) {
      String id = HexFormat.of().formatHex(new EventId(RUN, 2, 1).toBytes());
      String delta = "delta.`" + table + "`";
      spark.sql(
          "ALTER TABLE " + delta + " SET TBLPROPERTIES ('delta.enableDeletionVectors' = true)");
      spark.sql("DELETE FROM " + delta + " WHERE event_id = X'" + id + "'");
    }

    // Then
    assertThat(Path.of(table, "_delta_log", "%020d.json".formatted(3)))
        .content()
        .contains("\"deletionVector\":{");
    Program.Result result = Program.run(List.of("verify", "--json", "--table", table));
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out().get(0)).contains("\"records\":3,\"missing\":1,");
  }

  private String path(String table) {
    return directory.resolve(table).toString();
  }

  /** In one file, as Delta's own writer makes it. */
  private static void append(SparkSession spark, String table, TableLayout layout, List<Row> rows) {
    spark
        .createDataFrame(rows, layout.columns())
        .coalesce(1)
        .write()
        .format("delta")
        .mode(SaveMode.Append)
        .partitionBy(layout.partitionColumns().toArray(String[]::new))
        .save(table);
  }

  private static Row event(long sequence) {
    return row(
        TableLayout.EVENTS.columns(),
        Map.of(
            "event_id", new EventId(RUN, 2, sequence).toBytes(),
            "event_date", Date.valueOf("2025-03-01")));
  }

  private static Row deadLetter(long offset, byte[] value) {
    return row(
        TableLayout.DEAD_LETTERS.columns(),
        Map.of("topic", "t", "partition", 0, "offset", offset, "value", value));
  }

  private static Row row(StructType columns, Map<String, Object> values) {
    Object[] row = new Object[columns.size()];
    values.forEach((name, value) -> row[columns.fieldIndex(name)] = value);
    return RowFactory.create(row);
  }
}
