// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.awaitility.Awaitility.await;

import dev.billion.sink.SinkException;
import dev.billion.sink.SparkSessions;
import dev.billion.sink.table.LoggedFile;
import dev.billion.sink.table.SinkTable;
import dev.billion.sink.table.TableLayout;
import dev.billion.sink.table.TableLog;
import dev.billion.sink.testing.ChildSink;
import dev.billion.sink.testing.EventRows;
import dev.billion.sink.testing.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The KPIs against the same question asked of the events in SQL. */
class KpiUpdateIT {

  private static final String KEYS = "minute, region, category, device, event_type, currency";
  private static final String EXACT = "events, revenue_cents, last_ingest_time, event_date";

  @TempDir private Path directory;

  private static SparkSession spark; // the program ends the one it finds
  private KpiUpdate update;

  @BeforeEach
  void start() {
    if (spark == null || spark.sparkContext().isStopped()) {
      spark = SparkSessions.open(null);
    }
    new SinkTable(spark, path("events"), TableLayout.EVENTS).createIfAbsent();
    update = new KpiUpdate(spark, path("events"), path("kpi_minute"));
  }

  @AfterAll
  static void stop() throws Exception {
    spark.close();
  }

  @Test
  void everyUpdateAddsWhatIsNewAlsoToOldMinutes() {
    append(0, 2_000, "23:58:00");
    append(2_000, 2_600, "23:59:00");
    assertThat(update.run()).isEqualTo(new KpiRound(2, 2_600, 2, rowsOfEvents()));
    assertKpisAreThoseOfTheEvents();

    // late ones, others on the next day, and a compaction, which adds nothing
    append(2_600, 2_700, "23:58:30");
    append(2_700, 2_800, "23:59:59");
    spark.sql("OPTIMIZE delta.`%s`".formatted(path("events")));
    append(2_800, 2_900, "23:50:00");
    assertThat(update.run().events()).isEqualTo(300);
    assertKpisAreThoseOfTheEvents();

    assertThat(update.run()).isEqualTo(new KpiRound(6, 0, 0, 0));
    assertThat(spark.sql("DESCRIBE HISTORY delta.`%s`".formatted(path("kpi_minute"))).count())
        .isEqualTo(3);

    // rows that are taken away stay counted, as do those that are only written elsewhere
    spark.sql("DELETE FROM delta.`%s` WHERE kafka_offset < 1000".formatted(path("events")));
    append(2_900, 3_000, "23:58:00");
    assertThat(update.run().events()).isEqualTo(100);
    assertThat(sum("events")).isEqualTo(3_000);
  }

  @Test
  void usersAreCountedToAFewPercentAndMergedBySpark() {
    EventRows.append(
        EventRows.of(spark, 0, 60_000, "TIMESTAMP '2025-03-01T23:00:01Z'", "id % 25000"),
        path("events"));
    update.run();
    EventRows.append(
        EventRows.of(spark, 60_000, 120_000, "TIMESTAMP '2025-03-01T23:00:02Z'", "id % 35000"),
        path("events"));
    update.run();

    Row all =
        spark
            .sql(
                "SELECT hll_sketch_estimate(hll_union_agg(users_sketch)), max(users - hll_sketch_estimate(users_sketch)) FROM delta.`%s`"
                    .formatted(path("kpi_minute")))
            .first();
    assertThat(all.getLong(0)).isCloseTo(35_000, withinPercentage(5));
    assertThat(all.getLong(1)).isZero();
    List<Row> byKey =
        spark
            .sql(
                "SELECT users, distinct FROM delta.`%s` JOIN (%s) USING (region, category, event_type, currency)"
                    .formatted(path("kpi_minute"), ofEvents("count(DISTINCT user_id) AS distinct")))
            .collectAsList();
    assertThat(byKey)
        .hasSizeGreaterThan(3)
        .allSatisfy(
            row -> assertThat(row.getLong(0)).isCloseTo(row.getLong(1), withinPercentage(5)));
  }

  /** Too many bytes, then too many keys, to be added up in memory. */
  @ParameterizedTest
  @CsvSource({"1, 2147483647", "9223372036854775807, 5"})
  void tasksMakeTheSame(long bytesAtOnce, int mostKeys) {
    KpiUpdate large = new KpiUpdate(spark, path("events"), path("large"), bytesAtOnce, mostKeys);
    for (String time : List.of("23:58:00", "23:57:30")) {
      for (int i = 0; i < 4; i++) {
        append(i * 1_500, (i + 1) * 1_500, time);
      }
      assertThat(inGroup("large", large)).isEqualTo(inGroup("small", update));
    }
    assertThat(spark.sparkContext().statusTracker().getJobIdsForGroup("large")).isNotEmpty();
    assertThat(spark.sparkContext().statusTracker().getJobIdsForGroup("small")).isEmpty();

    assertKpisAreThoseOfTheEvents();
    assertThat(rows("large")).containsExactlyInAnyOrderElementsOf(rows("kpi_minute"));
  }

  @Test
  void filesAreDividedAmongTasks() {
    for (int i = 0; i < 4; i++) {
      append(i * 1_500, (i + 1) * 1_500, "23:58:00");
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<LoggedFile> files = events().files();

    assertThat(new LargeUpdate(context, path("kpi_minute"), 1).shares(files))
        .hasSizeGreaterThan(1)
        .satisfies(
            shares ->
                assertThat(shares.stream().flatMap(List::stream))
                    .containsExactlyInAnyOrderElementsOf(LoggedFile.paths(files)));
    assertThat(new LargeUpdate(context, path("kpi_minute"), Long.MAX_VALUE).shares(files))
        .hasSize(1);
  }

  @Test
  void updatersThatMeetCountNothingTwice() throws Exception {
    append(0, 1_000, "23:58:00");
    update.run();
    append(1_000, 3_000, "23:58:00");

    CompletableFuture<KpiRound> one = CompletableFuture.supplyAsync(update::run);
    CompletableFuture<KpiRound> other =
        CompletableFuture.supplyAsync(
            new KpiUpdate(spark, path("events"), path("kpi_minute"))::run);

    assertThat(one.get(60, TimeUnit.SECONDS).events() + other.get(60, TimeUnit.SECONDS).events())
        .isEqualTo(2_000);
    assertKpisAreThoseOfTheEvents();
  }

  @Test
  void anUpdaterThatIsKilledAtAnyMomentLosesAndDoublesNothing() throws Exception {
    append(0, 20_000, "22:00:00");
    try (ChildSink child =
        new ChildSink(
            directory, List.of("kpi", "--json", "--every", "1ms", "--table", path("events")))) {
      await().atMost(Duration.ofSeconds(90)).until(() -> !child.out().isEmpty());
      for (int i = 1; i <= 5; i++) {
        append(i * 20_000L, (i + 1) * 20_000L, "22:00:00");
      }
      child.close();
    }

    Program.Result last = Program.run(List.of("kpi", "--once", "--table", path("events")));

    assertThat(last.exit()).isZero();
    assertThat(last.out().get(0)).startsWith("up to version 6: ");
    spark = SparkSessions.open(null);
    assertThat(sum("events")).isEqualTo(120_000);
    assertKpisAreThoseOfTheEvents();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, Long.MAX_VALUE})
  void aFileThatIsGoneIsToldInOneLine(long bytesAtOnce) throws Exception {
    append(0, 100, "23:58:00");
    KpiUpdate update =
        new KpiUpdate(spark, path("events"), path("kpi_minute"), bytesAtOnce, Integer.MAX_VALUE);
    update.run();
    append(100, 200, "23:58:00");
    String gone = events().addedSince(1).get(0).path();
    Files.delete(Path.of(gone));

    assertThatThrownBy(update::run)
        .isInstanceOf(SinkException.class)
        .hasMessageContaining(gone)
        .hasMessageContaining("valid: a new KPI table");
  }

  @Test
  void kpisOfAnotherTableAreLeftAlone() {
    append(0, 10, "23:58:00");
    update.run();
    SinkTable other = new SinkTable(spark, path("other"), TableLayout.EVENTS);
    other.createIfAbsent();

    assertThatThrownBy(() -> new KpiUpdate(spark, path("other"), path("kpi_minute")).run())
        .isInstanceOf(SinkException.class)
        .hasMessageContaining("has the KPIs of another table than " + path("other"));
    assertThat(Program.run(List.of("kpi", "--once", "--table", path("absent"))).lastError())
        .startsWith("error: no table at " + path("absent"));
  }

  private TableLog events() {
    return TableLog.newest(spark.sparkContext().hadoopConfiguration(), path("events")).get();
  }

  private KpiRound inGroup(String group, KpiUpdate update) {
    spark.sparkContext().setJobGroup(group, "", false);
    try {
      return update.run();
    } finally {
      spark.sparkContext().clearJobGroup();
    }
  }

  private void assertKpisAreThoseOfTheEvents() {
    Dataset<Row> expected =
        spark.sql(
            ofEvents(
                "count(*) AS events, coalesce(sum(amount_cents), 0) AS revenue_cents, "
                    + "max(ingest_time) AS last_ingest_time, min(event_date) AS event_date"));
    Dataset<Row> actual =
        spark.sql("SELECT %s, %s FROM delta.`%s`".formatted(KEYS, EXACT, path("kpi_minute")));
    assertThat(actual.collectAsList())
        .containsExactlyInAnyOrderElementsOf(expected.collectAsList());
  }

  private String ofEvents(String aggregates) {
    return "SELECT date_trunc('MINUTE', event_time) AS %s, %s FROM delta.`%s` GROUP BY ALL"
        .formatted(KEYS, aggregates, path("events"));
  }

  private List<Row> rows(String table) {
    return spark
        .sql("SELECT %s, %s, users FROM delta.`%s`".formatted(KEYS, EXACT, path(table)))
        .collectAsList();
  }

  private long rowsOfEvents() {
    return spark.sql(ofEvents("count(*)")).count();
  }

  private long sum(String column) {
    return spark
        .sql("SELECT sum(%s) FROM delta.`%s`".formatted(column, path("kpi_minute")))
        .first()
        .getLong(0);
  }

  /** Events whose times are spread over a minute and a half. */
  private void append(long from, long until, String time) {
    String eventTime =
        "TIMESTAMP '2025-03-01T%sZ' + make_dt_interval(0, 0, 0, id %% 9000 / 100)".formatted(time);
    EventRows.append(EventRows.of(spark, from, until, eventTime, "id % 777"), path("events"));
  }

  private String path(String table) {
    return directory.resolve(table).toString();
  }
}
