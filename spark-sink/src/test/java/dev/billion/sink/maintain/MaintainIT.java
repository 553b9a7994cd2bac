// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.maintain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.billion.schemas.UserEvent;
import dev.billion.sink.table.LoggedFile;
import dev.billion.sink.table.TableLog;
import dev.billion.sink.testing.ChildSink;
import dev.billion.sink.testing.Events;
import dev.billion.sink.testing.Program;
import dev.billion.sink.testing.Stack;
import dev.billion.sink.testing.Tables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Maintenance and KPIs beside a stream, all on the same files, as tight as can be. */
class MaintainIT {

  private static final String TOPIC = "maintained";
  private static final int PARTITIONS = 2;
  private static final int ROUND = 1_000;

  private final Configuration hadoop = new Configuration();
  private int sent;
  private int id;

  @TempDir private Path directory;

  @Test
  void aStreamAndItsChoresAreNotInEachOthersWay() throws Exception {
    // Given
    Stack.createTopic(TOPIC, PARTITIONS);
    id = Stack.register("maintained-value", UserEvent.getClassSchema());
    send();

    // When
    try (ChildSink sink =
        new ChildSink(
            directory,
            Stack.args(
                "stream",
                TOPIC,
                directory,
                "--trigger",
                "100ms",
                "--master",
                "local[2]",
                "--max-records",
                "500",
                "--kpi-every",
                "1s",
                "--maintain-every",
                "1s",
                "--optimize-quiet",
                "0s"))) {
      awaitCommitted();
      Path old = orphan("part-old.parquet", Duration.ofDays(8));
      Path young = orphan("part-young.parquet", Duration.ofDays(6));
      await().atMost(Duration.ofSeconds(60)).until(() -> Files.notExists(old));
      for (int i = 0; i < 2; i++) {
        send();
        awaitCommitted();
      }
      sink.terminate();
      assertThat(sink.await(60)).isZero();
      assertThat(sink.err()).noneMatch(line -> line.contains("failed"));
      assertThat(young).exists();
    }

    // Then
    assertThat(log("events")).contains("\"operation\":\"OPTIMIZE\"");
    Program.Result byHand = maintain("--optimize-quiet", "0s");
    assertThat(byHand.exit()).isZero();
    List<LoggedFile> files = files("events");
    assertThat(files).hasSize(1);
    assertThat(codec(files.get(0))).isEqualTo(CompressionCodecName.ZSTD);
    assertThat(files.get(0).times("event_time")).isPresent();
    assertThat(files("kpi_minute")).hasSize(1);

    assertThat(Program.run(kpi()).out().get(0)).contains("\"events\":");
    assertThat(Tables.query("sum(events), count(*)", path("kpi_minute"), "").get(0).getLong(0))
        .isEqualTo(sent);
    assertThat(verify().out().get(0))
        .contains("\"records\":%d,\"missing\":0,\"duplicates\":0,".formatted(sent));
    assertThat(maintain("--dry-run", "--optimize-quiet", "0s").out())
        .allMatch(line -> line.contains("\"partitions\":0,"));
  }

  @Test
  void aRetentionThatEndangersARunningBatchIsRefused() {
    Program.Result result = maintain("--vacuum-retention", "10m");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.lastError())
        .startsWith("error: a retention of 600 s would delete files that a running batch");
  }

  private void send() throws Exception {
    List<byte[]> values = new ArrayList<>();
    for (int i = 0; i < ROUND; i++) {
      values.add(Events.value(id, Events.event(1, 0, sent++)));
    }
    values.add(new byte[] {7});
    Stack.send(TOPIC, values);
  }

  private void awaitCommitted() {
    await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> Stack.committed(TOPIC).equals(Stack.ends(TOPIC, PARTITIONS)));
  }

  private Path orphan(String name, Duration age) throws Exception {
    Path file = directory.resolve("events/event_date=2025-03-01").resolve(name);
    Files.writeString(file, "never committed");
    return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
  }

  private Program.Result maintain(String... more) {
    List<String> args = new ArrayList<>(List.of("maintain", "--json", "--table", path("events")));
    args.addAll(List.of(more));
    return Program.run(args);
  }

  private List<String> kpi() {
    return List.of("kpi", "--once", "--json", "--table", path("events"));
  }

  private Program.Result verify() throws Exception {
    Path summary =
        Files.writeString(
            directory.resolve("sent.json"),
            "{\"run\":\"000000000001\",\"shards\":1,\"next_sequences\":[%d]}".formatted(sent));
    return Program.run(
        List.of("verify", "--json", "--table", path("events"), "--sent", summary.toString()));
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

  /** All commits of a table. */
  private String log(String table) throws Exception {
    StringBuilder commits = new StringBuilder();
    try (var files = Files.newDirectoryStream(directory.resolve(table + "/_delta_log"), "*.json")) {
      for (Path file : files) {
        commits.append(Files.readString(file));
      }
    }
    return commits.toString();
  }

  private String path(String table) {
    return directory.resolve(table).toString();
  }
}
