// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.maintain;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.billion.schemas.UserEvent;
import dev.billion.sink.SparkSessions;
import dev.billion.sink.decode.EventLayout;
import dev.billion.sink.table.LoggedFile;
import dev.billion.sink.table.SinkTable;
import dev.billion.sink.table.TableLayout;
import dev.billion.sink.table.TableLog;
import dev.billion.sink.testing.ChildSink;
import dev.billion.sink.testing.DataFiles;
import dev.billion.sink.testing.Events;
import dev.billion.sink.testing.Program;
import dev.billion.sink.testing.Stack;
import dev.billion.sink.testing.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Maintenance beside a stream that writes into the same day. */
class MaintainIT {

  private static final String TOPIC = "maintained";
  private static final String COMPACTED = "compacted";
  private static final int PARTITIONS = 2;
  private static final int ROUND = 300;
  private static final int LITTLE = 20; // the stream is there all the time, and leaves time

  private final Configuration hadoop = new Configuration();
  private int sent;
  private int id;

  @TempDir private Path directory;

  @Test
  void maintenanceAndAStreamAreNotInEachOthersWay() throws Exception {
    // Given
    Stack.createTopic(TOPIC, PARTITIONS);
    id = Stack.register("maintained-value", UserEvent.getClassSchema());
    send(ROUND);

    // When: by hand while a stream writes into the same day, then as a chore of a sink
    Path old;
    Path young;
    try (ChildSink sink = new ChildSink(directory, sink("stream", "--trigger", "1s"))) {
      awaitCommitted();
      old = orphan("events", "part-old.parquet", Duration.ofDays(8));
      young = orphan("events", "part-young.parquet", Duration.ofDays(6));
      CompletableFuture<Program.Result> maintained =
          CompletableFuture.supplyAsync(() -> maintain("events"));
      do {
        send(LITTLE);
        awaitCommitted();
      } while (!maintained.isDone());
      assertThat(maintained.get().err()).noneMatch(line -> line.startsWith("error"));
      assertThat(Tables.log(directory.resolve("events"))).contains("\"operation\":\"OPTIMIZE\"");
      sink.terminate();
      assertThat(sink.await(60)).isZero();
    }
    assertThat(old).doesNotExist();
    assertThat(young).exists();
    assertThat(files("events").size()).isGreaterThan(1);
    send(ROUND);
    Program.Result drained =
        Program.run(
            sink("drain", "--kpi-every", "1h", "--maintain-every", "1h", "--optimize-quiet", "0s"));

    // Then
    assertThat(drained.err()).noneMatch(line -> line.contains("failed"));
    assertThat(drained.exit()).isZero();
    List<LoggedFile> files = files("events");
    assertThat(files).hasSize(1);
    assertThat(codec(files.get(0))).isEqualTo(CompressionCodecName.ZSTD);
    assertThat(files.get(0).times("event_time")).isPresent();
    assertThat(Tables.query("sum(events)", path("kpi_minute"), "").get(0).getLong(0))
        .isEqualTo(sent);
    assertThat(Program.verify(path("events"), directory, sent).out().get(0))
        .contains("\"records\":%d,\"missing\":0,\"duplicates\":0,".formatted(sent));
    assertThat(maintain("events", "--dry-run").out())
        .allMatch(line -> line.contains("\"partitions\":0,"));
  }

  @Test
  void aSinkPutsSmallFilesTogetherUnlessToldNotTo() throws Exception {
    // Given
    Stack.createTopic(COMPACTED, PARTITIONS);
    id = Stack.register(COMPACTED + "-value", UserEvent.getClassSchema());
    send(COMPACTED, 3 * ROUND);

    // When
    Program.Result drained = Program.run(drain("put"));
    Program.Result left = Program.run(drain("left", "--no-compact"));

    // Then
    assertThat(drained.exit()).isZero();
    assertThat(left.exit()).isZero();
    assertThat(files("put/events").size()).isLessThan(files("left/events").size());
    assertThat(Tables.query("count(*)", path("put/events"), "").get(0).getLong(0)).isEqualTo(sent);
  }

  @Test
  void rowsAreBroughtNearEachOtherOnceAndAreTheSame() throws Exception {
    // Given
    commitBatches("ordered", 3);
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
    assertThat(files("ordered")).hasSize(1);
    assertThat(again.out().get(0)).contains("\"partitions\":0,");
  }

  @Test
  void rowsAreBroughtNearEachOtherOnlyByColumnsWithStatistics() throws Exception {
    // Given
    commitBatches("otherwise", 3);
    List<Row> rows = rows("otherwise");

    // When
    Program.Result refused = order("otherwise", "user_id");
    try (SparkSession spark = SparkSessions.open(null)) {
      spark.sql(
          "ALTER TABLE delta.`%s` SET TBLPROPERTIES ('%s' = 'event_time,ingest_time,user_id')"
              .formatted(path("otherwise"), TableLayout.STATISTICS));
    }
    commitBatches("otherwise", 3);
    Program.Result ordered = order("otherwise", "user_id");

    // Then
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.lastError())
        .startsWith("error: table %s keeps no statistics of user_id,".formatted(path("otherwise")))
        .contains("(valid: event_time,ingest_time, and what else");
    assertThat(ordered.err()).isEmpty();
    assertThat(files("otherwise")).hasSize(1);
    assertThat(Tables.log(directory.resolve("otherwise")))
        .contains("\\\"maxValues\\\":{")
        .contains("\\\"user_id\\\":999");
    assertThat(rows("otherwise")).hasSize(2 * rows.size()).containsAll(rows);
  }

  @Test
  void deadLettersArePutTogetherHoweverOftenSomeCome() throws Exception {
    // Given: the last of them came just now
    String events = path("trickle/events");
    String deadLetters = path("trickle/dead_letters");
    try (SparkSession spark = SparkSessions.open(null)) {
      new SinkTable(spark, events, TableLayout.EVENTS).createIfAbsent();
      SinkTable table = new SinkTable(spark, deadLetters, TableLayout.DEAD_LETTERS);
      table.createIfAbsent();
      for (long offset = 0; offset < 3; offset++) {
        table.add(
            List.of(
                RowFactory.create(
                    "t", 0, offset, Timestamp.from(Events.START), "TOO_SHORT", null, null, null)));
      }
    }

    // When
    Program.Result maintained = Program.run(List.of("maintain", "--json", "--table", events));

    // Then
    assertThat(maintained.err()).isEmpty();
    assertThat(maintained.out().get(1))
        .startsWith("{\"table\":\"%s\",".formatted(deadLetters))
        .contains("\"files_before\":3,\"files_after\":1,");
    assertThat(Tables.query("offset", deadLetters, "ORDER BY offset"))
        .containsExactly(RowFactory.create(0L), RowFactory.create(1L), RowFactory.create(2L));
  }

  /** Also when a checkpoint of Delta Kernel does not tell of it any more. */
  @Test
  void aFileIsKeptForAsLongAfterItWasRemovedFromTheTableHoweverOldItIs() throws Exception {
    // Given
    commitBatches("aged", 3);
    List<Path> old = files("aged").stream().map(file -> Path.of(file.path())).toList();
    age(old, 30);
    age(commits("aged"), 30);

    // When
    assertThat(maintain("aged").out().get(0)).contains("\"files_before\":3,\"files_after\":1,");
    List<Path> untilRemoved = commits("aged");
    commitBatches("aged", 30);
    assertThat(maintain("aged").exit()).isZero();

    // Then
    assertThat(old).allSatisfy(file -> assertThat(file).exists());

    // When
    untilRemoved.retainAll(commits("aged"));
    age(untilRemoved, 8);
    assertThat(maintain("aged").exit()).isZero();

    // Then
    assertThat(old).allSatisfy(file -> assertThat(file).doesNotExist());
  }

  @Test
  void aRetentionIsObeyedWhateverTheTablesOwnIs() throws Exception {
    // Given
    commitBatches("retained", 1);
    Path old = orphan("retained", "part-old.parquet", Duration.ofDays(8));
    Path young = orphan("retained", "part-young.parquet", Duration.ofHours(3));

    // Then
    maintain("retained", "--vacuum-retention", "30d");
    assertThat(old).exists();
    maintain("retained", "--vacuum-retention", "2h");
    assertThat(old).doesNotExist();
    assertThat(young).doesNotExist();
  }

  @Test
  void aRetentionThatEndangersARunningBatchIsRefused() {
    Program.Result result = maintain("events", "--vacuum-retention", "10m");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.lastError())
        .startsWith("error: a retention of 600 s would delete files that a running batch");
  }

  private void send(int events) throws Exception {
    send(TOPIC, events);
  }

  private void send(String topic, int events) throws Exception {
    List<byte[]> values = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      values.add(Events.value(id, Events.event(1, 0, sent++)));
    }
    values.add(new byte[] {7});
    Stack.send(topic, values);
  }

  private void awaitCommitted() {
    await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> Stack.committed(TOPIC).equals(Stack.ends(TOPIC, PARTITIONS)));
  }

  private Program.Result maintain(String table, String... more) {
    List<String> args = new ArrayList<>(List.of("maintain", "--json", "--table", path(table)));
    args.addAll(List.of("--optimize-quiet", "0s"));
    args.addAll(List.of(more));
    return Program.run(args);
  }

  private List<Path> commits(String table) throws IOException {
    try (Stream<Path> log = Files.list(directory.resolve(table).resolve("_delta_log"))) {
      return log.filter(file -> file.toString().endsWith(".json")).collect(toList());
    }
  }

  private static void age(List<Path> files, int days) throws IOException {
    for (Path file : files) {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(days))));
    }
  }

  private Path orphan(String table, String name, Duration age) throws Exception {
    Path file = directory.resolve(table).resolve("event_date=2025-03-01").resolve(name);
    Files.writeString(file, "never committed");
    return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
  }

  private List<String> sink(String command, String... more) {
    List<String> args = new ArrayList<>(Stack.args(command, TOPIC, directory, more));
    args.addAll(List.of("--master", "local[2]", "--max-records", "100"));
    return args;
  }

  private List<String> drain(String tables, String... flags) {
    List<String> args =
        new ArrayList<>(
            Stack.args("drain", COMPACTED, directory.resolve(tables), "--group", tables));
    args.addAll(List.of("--master", "local[2]", "--max-records", "100", "--compact-at", "40k"));
    args.addAll(List.of(flags));
    return args;
  }

  private List<LoggedFile> files(String table) {
    return TableLog.newest(hadoop, path(table)).orElseThrow().files();
  }

  private CompressionCodecName codec(LoggedFile file) throws Exception {
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(new org.apache.hadoop.fs.Path(file.path()), hadoop))) {
      return reader.getFooter().getBlocks().get(0).getColumns().get(0).getCodec();
    }
  }

  /** Files of one day in a table without a sink. */
  private void commitBatches(String table, int batches) throws Exception {
    try (SparkSession spark = SparkSessions.open(null);
        DataFiles written = new DataFiles()) {
      SinkTable made = new SinkTable(spark, path(table), TableLayout.EVENTS);
      made.createIfAbsent();
      long next = made.lastVersion("test").orElse(-1) + 1;
      for (long batch = next; batch < next + batches; batch++) {
        made.commit(
            written.write(path(table), EventLayout.USER_EVENT, batch * ROUND, ROUND, hadoop),
            "test",
            batch,
            Map.of());
      }
    }
  }

  private Program.Result order(String table, String columns) {
    return maintain(table, "--zorder", columns);
  }

  private List<Row> rows(String table) throws Exception {
    return Tables.query("*", path(table), "ORDER BY kafka_offset");
  }

  private String path(String table) {
    return directory.resolve(table).toString();
  }
}
