// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.billion.schemas.UserEvent;
import dev.billion.sink.table.TableLog;
import dev.billion.sink.testing.ChildSink;
import dev.billion.sink.testing.Events;
import dev.billion.sink.testing.Program;
import dev.billion.sink.testing.S3Server;
import dev.billion.sink.testing.Stack;
import dev.billion.sink.testing.Tables;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.execution.streaming.checkpointing.CheckpointFileManager.CancellableFSDataOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables and checkpoint on S3, with nothing else changed. */
class S3IT {

  private static final String TOPIC = "stored";
  private static final String BUCKET = "s3a://" + S3Server.BUCKET;
  private static final int PARTITIONS = 4;
  private static final int EVENTS = 6_000;
  private static final int MORE = 100;
  private static final int POISON_EVERY = 1_000;
  private static final int BATCH = 1_000;
  private static final int ROUNDS = 10;
  private static final int WRITERS = 4;
  private static final Duration SOON = Duration.ofMinutes(2);

  @TempDir private static Path directory;
  private static S3Server server;

  @BeforeAll
  static void startServer() throws Exception {
    server = new S3Server(directory);
    server.properties().forEach(System::setProperty);
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.properties().keySet().forEach(System::clearProperty);
    server.close();
  }

  @Test
  void neitherAKillNorASecondSinkLosesOrDoublesARecord() throws Exception {
    // Given
    Stack.createTopic(TOPIC, PARTITIONS);
    int id = Stack.register("stored-value", UserEvent.getClassSchema());
    AtomicInteger sent = new AtomicInteger();
    send(id, sent, EVENTS);

    // When
    String refusal;
    try (ChildSink first = stream()) {
      await().atMost(SOON).until(() -> hasFinishedABatch(first));
      try (ChildSink second = stream()) {
        await()
            .atMost(SOON)
            .pollInterval(Duration.ofSeconds(1))
            .until(
                () -> {
                  send(id, sent, MORE);
                  return !first.isAlive() || !second.isAlive();
                });
        ChildSink refused = first.isAlive() ? second : first;
        assertThat(refused.await(1)).isEqualTo(1);
        refusal = refused.err().get(refused.err().size() - 1);
      }
    }
    Program.Result drained =
        run(args("drain", "--kpi-every", "1h", "--maintain-every", "1h", "--optimize-quiet", "0s"));
    Program.Result proof = Program.verify(BUCKET + "/events", directory, sent.get());
    Program.Result replayed =
        run(
            List.of(
                "replay-dead-letters",
                "--json",
                "--bootstrap",
                Stack.running().bootstrap(),
                "--topic",
                TOPIC,
                "--table",
                BUCKET + "/events"));

    // Then
    int poison = (sent.get() - 1) / POISON_EVERY + 1;
    assertThat(refusal).startsWith("error: ").contains("another sink");
    assertThat(proof.out().get(0))
        .contains("\"records\":%d,\"missing\":0,\"duplicates\":0,".formatted(sent.get()))
        .contains("\"dead_letters\":%d,\"doubled".formatted(poison))
        .contains("\"doubled_dead_letters\":0,");
    assertThat(proof.err()).isEmpty();
    assertThat(drained.out().toString() + drained.err())
        .doesNotContain(S3Server.SECRET)
        .doesNotContain("failed");
    assertThat(sum("events", "kpi_minute")).isEqualTo(sent.get());
    assertThat(TableLog.newest(S3Server.hadoop(), BUCKET + "/events").orElseThrow().files())
        .hasSize(1);
    assertThat(replayed.out().get(0))
        .startsWith("{\"replayed\":%d,\"left\":0,\"before\":0,".formatted(poison));
  }

  @Test
  void ofSeveralWritersOfAVersionOneWins() throws Exception {
    Configuration hadoop = S3Server.hadoop();
    S3LogStore log = new S3LogStore(hadoop);
    S3CheckpointFiles checkpoint = new S3CheckpointFiles(path("race"), hadoop);

    race(
        (round, writer) -> {
          try {
            log.write(path("race/log-" + round), List.of("by " + writer).iterator(), false, hadoop);
            return true;
          } catch (FileAlreadyExistsException e) {
            return false;
          }
        });
    race(
        (round, writer) -> {
          CancellableFSDataOutputStream out =
              checkpoint.createAtomic(path("race/offsets-" + round), false);
          out.write(writer);
          try {
            out.close();
            return true;
          } catch (org.apache.hadoop.fs.FileAlreadyExistsException e) {
            out.cancel();
            return false;
          }
        });
  }

  @Test
  void aListingBeginsWithTheFileOfThatNameAndGoesByNames() throws Exception {
    // Given
    S3LogStore log = new S3LogStore(S3Server.hadoop());
    for (String name : List.of("3.json", "1.json", "2.json", "2.jsom", "2.crc", "3/1.json")) {
      log.write(path("list/" + name), List.of("{}").iterator(), false, S3Server.hadoop());
    }

    // Then
    assertThat(names(log, "2.json")).containsExactly("2.json", "3.json");
    assertThat(names(log, "2")).containsExactly("2.crc", "2.jsom", "2.json", "3.json");
    assertThat(names(log, "4")).isEmpty();
    assertThatThrownBy(() -> log.listFrom(path("none/0"), S3Server.hadoop()))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining("none");
  }

  @Test
  void aCancelledFileIsNotThere() throws Exception {
    S3CheckpointFiles checkpoint = new S3CheckpointFiles(path("cancel"), S3Server.hadoop());
    for (boolean overwrite : new boolean[] {true, false}) {
      CancellableFSDataOutputStream out = checkpoint.createAtomic(path("cancel/1"), overwrite);
      out.write(1);
      out.cancel();
      out.close();
    }

    assertThat(checkpoint.exists(path("cancel/1"))).isFalse();
  }

  private interface Writer {
    boolean wins(int round, int writer) throws Exception;
  }

  private static void race(Writer writer) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    try {
      CyclicBarrier start = new CyclicBarrier(WRITERS);
      for (int i = 0; i < ROUNDS; i++) {
        int round = i;
        List<Callable<Boolean>> writers =
            IntStream.range(0, WRITERS)
                .<Callable<Boolean>>mapToObj(
                    number ->
                        () -> {
                          start.await();
                          return writer.wins(round, number);
                        })
                .toList();
        int won = 0;
        for (Future<Boolean> outcome : threads.invokeAll(writers)) {
          won += outcome.get() ? 1 : 0;
        }
        assertThat(won).isEqualTo(1);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<String> names(S3LogStore log, String from) throws IOException {
    List<String> names = new ArrayList<>();
    log.listFrom(path("list/" + from), S3Server.hadoop())
        .forEachRemaining(file -> names.add(file.getPath().getName()));
    return names;
  }

  private static org.apache.hadoop.fs.Path path(String key) {
    return new org.apache.hadoop.fs.Path(BUCKET + "/" + key);
  }

  private static boolean hasFinishedABatch(ChildSink sink) throws Exception {
    return sink.err().stream()
        .anyMatch(line -> line.contains("progress") && !line.contains("\"batch\":-1"));
  }

  private static ChildSink stream() throws Exception {
    return new ChildSink(
        directory,
        server.environment(),
        args("stream", "--max-records", Integer.toString(BATCH), "--trigger", "100ms"));
  }

  private static Program.Result run(List<String> args) {
    Program.Result result = Program.run(args);
    assertThat(result.exit()).as("%s", result.err()).isZero();
    return result;
  }

  private static long sum(String column, String table) throws IOException {
    return Tables.query("sum(%s)".formatted(column), BUCKET + "/" + table, "").get(0).getLong(0);
  }

  private static List<String> args(String command, String... more) {
    List<String> onS3 =
        new ArrayList<>(
            List.of("--table", BUCKET + "/events", "--checkpoint", BUCKET + "/checkpoint"));
    onS3.addAll(Arrays.asList(more));
    return Stack.args(command, TOPIC, directory, onS3.toArray(String[]::new));
  }

  private static void send(int id, AtomicInteger sent, int events) throws Exception {
    List<byte[]> values = new ArrayList<>();
    for (int n = 0; n < events; n++) {
      int i = sent.getAndIncrement();
      values.add(Events.value(id, Events.event(1, 0, i)));
      if (i % POISON_EVERY == 0) {
        values.add(new byte[] {1, 2, 3});
      }
    }
    Stack.send(TOPIC, values);
  }
}
