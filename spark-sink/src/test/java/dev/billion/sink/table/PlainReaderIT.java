// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.table;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.schemas.UserEvent;
import dev.billion.sink.testing.Events;
import dev.billion.sink.testing.Program;
import dev.billion.sink.testing.Stack;
import dev.billion.sink.testing.Tables;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sink wrote, small files put together, read by a Spark that knows nothing of it. */
class PlainReaderIT {

  private static final String TOPIC = "plainly-read";
  private static final int PARTITIONS = 2;
  private static final int FIRST = 59_400; // the events after the 600th are of the next day
  private static final int EVENTS = 900;

  @TempDir private static Path directory;

  private static SparkSession spark;

  @BeforeAll
  static void drainThenStartSpark() throws Exception {
    Stack.createTopic(TOPIC, PARTITIONS);
    int id = Stack.register(TOPIC + "-value", UserEvent.getClassSchema());
    List<byte[]> values = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      values.add(Events.value(id, event(i)));
    }
    values.add(new byte[] {7});
    Stack.send(TOPIC, values);
    List<String> args =
        Stack.args(
            "drain",
            TOPIC,
            directory,
            "--master",
            "local[2]",
            "--max-records",
            "100",
            "--compact-at",
            "40k");
    assertThat(Program.run(args).exit()).isZero();

    spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
            .config(
                "spark.sql.catalog.spark_catalog",
                "org.apache.spark.sql.delta.catalog.DeltaCatalog")
            .getOrCreate();
  }

  @AfterAll
  static void stopSpark() throws Exception {
    spark.close();
  }

  @Test
  void itHasTheColumnsAndRowsOfTheEvents() throws Exception {
    assertThat(Tables.log(directory.resolve("events")))
        .contains("\"remove\":"); // small files were put together
    assertThat(
            Arrays.stream(read("events").schema().fields())
                .map(column -> column.name() + " " + column.dataType().simpleString()))
        .containsExactly(
            "event_id binary",
            "event_time timestamp",
            "user_id bigint",
            "session_id string",
            "event_type string",
            "category string",
            "region string",
            "device string",
            "page string",
            "referrer string",
            "amount_cents bigint",
            "currency string",
            "kafka_partition int",
            "kafka_offset bigint",
            "ingest_time timestamp",
            "event_date date");
    assertThat(read("events").selectExpr("count(*)", "count(DISTINCT event_id)").first())
        .isEqualTo(RowFactory.create((long) EVENTS, (long) EVENTS));
    assertThat(read("dead_letters").select("reason").collectAsList())
        .containsExactly(RowFactory.create("BAD_MAGIC"));
  }

  @Test
  void filtersFindTheirRowsAndLeaveFilesOut() {
    Dataset<Row> nextDay = read("events").where("event_date = '2025-03-02'");
    Dataset<Row> late =
        read("events").where("event_time >= TIMESTAMP '2025-03-02T00:00:00.200789Z'");
    Dataset<Row> last =
        read("events").where("event_time = TIMESTAMP '2025-03-02T00:00:00.299789Z'");

    assertThat(nextDay.count()).isEqualTo(300);
    assertThat(late.count()).isEqualTo(100);
    assertThat(late.where("event_date = '2025-03-01'").count()).isZero();
    assertThat(last.select("session_id").collectAsList())
        .containsExactly(RowFactory.create("session-99"));
    assertThat(nextDay.inputFiles()).allMatch(file -> file.contains("event_date=2025-03-02"));
    assertThat(late.inputFiles())
        .hasSizeLessThan(nextDay.inputFiles().length)
        .allMatch(file -> file.contains("event_date=2025-03-02"));
  }

  @Test
  void everyReaderThereIsCanReadTheTables() {
    for (String table : List.of("events", "dead_letters")) {
      assertThat(
              spark
                  .sql("DESCRIBE DETAIL delta.`%s`".formatted(directory.resolve(table)))
                  .selectExpr("minReaderVersion", "minWriterVersion")
                  .first())
          .isEqualTo(RowFactory.create(1, 2));
    }
  }

  @Test
  void theLogSaysWhichTimesAreInAFile() {
    // Given
    Dataset<Row> added =
        spark
            .read()
            .json(directory.resolve("events/_delta_log/*.json").toString())
            .where("add IS NOT NULL")
            .selectExpr("regexp_extract(add.path, '[^/]*$', 0) file", "add.*");

    // When
    List<Row> said =
        added
            .selectExpr(
                "file",
                "partitionValues.event_date",
                "get_json_object(stats, '$.numRecords')",
                "get_json_object(stats, '$.minValues.event_time')",
                "get_json_object(stats, '$.maxValues.event_time')",
                "get_json_object(stats, '$.minValues.ingest_time')",
                "get_json_object(stats, '$.maxValues.ingest_time')")
            .collectAsList();

    // Then
    assertThat(said).hasSizeGreaterThan(10);
    assertThat(said).containsExactlyInAnyOrderElementsOf(found());
  }

  /** The same of the data files themselves, which are all there still. Delta cuts off at a ms. */
  private static List<Row> found() {
    String text = "\"yyyy-MM-dd'T'HH:mm:ss.SSS'Z'\"";
    return spark
        .read()
        .parquet(directory.resolve("events").toString())
        .groupBy("_metadata.file_name")
        .agg(
            expr("date_format(min(event_time), 'yyyy-MM-dd')"),
            expr("CAST(count(*) AS STRING)"),
            expr("date_format(min(event_time), %s)".formatted(text)),
            expr("date_format(max(event_time), %s)".formatted(text)),
            expr("date_format(min(ingest_time), %s)".formatted(text)),
            expr("date_format(max(ingest_time), %s)".formatted(text)))
        .collectAsList();
  }

  /** A millisecond after the one before, and not at its beginning. */
  private static UserEvent event(int number) {
    UserEvent event = Events.event(1, 0, FIRST + number);
    return UserEvent.newBuilder(event)
        .setEventTime(event.getEventTime().plus(789, ChronoUnit.MICROS))
        .build();
  }

  private static Dataset<Row> read(String table) {
    return spark.read().format("delta").load(directory.resolve(table).toString());
  }
}
