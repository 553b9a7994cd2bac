// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.maintain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.billion.schemas.UserEvent;
import dev.billion.sink.SparkSessions;
import dev.billion.sink.table.LoggedFile;
import dev.billion.sink.table.SinkTable;
import dev.billion.sink.table.TableLayout;
import dev.billion.sink.testing.ChildSink;
import dev.billion.sink.testing.DataFiles;
import dev.billion.sink.testing.Events;
import dev.billion.sink.testing.Program;
import dev.billion.sink.testing.Stack;
import dev.billion.sink.testing.Tables;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopInputFile;
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
      old = DataFiles.orphan(directory.resolve("events"), "part-old.parquet", Duration.ofDays(8));
      young =
          DataFiles.orphan(directory.resolve("events"), "part-young.parquet", Duration.ofDays(6));
      CompletableFuture<Program.Result> maintained =
          CompletableFuture.supplyAsync(() -> Program.maintain(path("events")));
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
    assertThat(Tables.files(path("events")).size()).isGreaterThan(1);
    send(ROUND);
    Program.Result drained =
        Program.run(
            sink("drain", "--kpi-every", "1h", "--maintain-every", "1h", "--optimize-quiet", "0s"));

    // Then
    assertThat(drained.err()).noneMatch(line -> line.contains("failed"));
    assertThat(drained.exit()).isZero();
    List<LoggedFile> files = Tables.files(path("events"));
    assertThat(files).hasSize(1);
    assertThat(codec(files.get(0))).isEqualTo(CompressionCodecName.ZSTD);
    assertThat(files.get(0).times("event_time")).isPresent();
    assertThat(Tables.query("sum(events)", path("kpi_minute"), "").get(0).getLong(0))
        .isEqualTo(sent);
    assertThat(Program.verify(path("events"), directory, sent).out().get(0))
        .contains("\"records\":%d,\"missing\":0,\"duplicates\":0,".formatted(sent));
    assertThat(Program.maintain(path("events"), "--dry-run").out())
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
    assertThat(Tables.files(path("put/events")).size())
        .isLessThan(Tables.files(path("left/events")).size());
    assertThat(Tables.query("count(*)", path("put/events"), "").get(0).getLong(0)).isEqualTo(sent);
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

  private CompressionCodecName codec(LoggedFile file) throws Exception {
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(new org.apache.hadoop.fs.Path(file.path()), hadoop))) {
      return reader.getFooter().getBlocks().get(0).getColumns().get(0).getCodec();
    }
  }

  private String path(String table) {
    return directory.resolve(table).toString();
  }
}
