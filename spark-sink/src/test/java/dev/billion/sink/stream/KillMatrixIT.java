// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import static dev.billion.sink.testing.Fault.At.AFTER;
import static dev.billion.sink.testing.Fault.At.BEFORE;
import static dev.billion.sink.testing.Fault.Kind.FULL;
import static dev.billion.sink.testing.Fault.Kind.STALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.billion.schemas.UserEvent;
import dev.billion.sink.testing.ChildSink;
import dev.billion.sink.testing.Events;
import dev.billion.sink.testing.Fault;
import dev.billion.sink.testing.Program;
import dev.billion.sink.testing.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Everything that can come between the steps of a batch, at exactly that moment. All share one
 * topic and its tables: each test sends some more, has the running sink die in the second batch of
 * it, starts another, which goes on and is the next test's, and proves all that was ever sent.
 */
class KillMatrixIT {

  private static final String TOPIC = "matrix";
  private static final int PARTITIONS = 2;
  private static final int EVENTS = 100;
  private static final int POISON_EVERY = 10;
  private static final int BATCH = 50;
  private static final int SMALL_BATCH = 30;
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final String DEAD_LETTER_COMMIT = "dead_letters/_delta_log/[0-9]{20}.json";
  private static final String EVENTS_COMMIT = "events/_delta_log/[0-9]{20}.json";
  private static final String PLAN = "cp/offsets/[0-9]+";
  private static final String CHECKPOINT_COMMIT = "cp/commits/[0-9]+";

  @TempDir private static Path directory;

  private static ChildSink sink;
  private static int schemaId;
  private static int events;
  private static int poison;

  @BeforeAll
  static void commitTheFirstBatches() throws Exception {
    Stack.createTopic(TOPIC, PARTITIONS);
    schemaId = Stack.register("matrix-value", UserEvent.getClassSchema());
    send();
    sink = start(BATCH);
    awaitCommitted();
  }

  @AfterAll
  static void stop() throws Exception {
    sink.close();
  }

  @BeforeEach
  void aSinkThatHasNothingToDo() throws Exception {
    Fault.forget(directory);
    if (!sink.isAlive()) { // a test before has failed
      sink = start(BATCH);
    }
    awaitCommitted();
  }

  @ParameterizedTest
  @CsvSource({
    "BEFORE, " + DEAD_LETTER_COMMIT,
    "AFTER, " + DEAD_LETTER_COMMIT,
    "BEFORE, " + EVENTS_COMMIT,
    "AFTER, " + EVENTS_COMMIT,
    "BEFORE, " + CHECKPOINT_COMMIT,
    "AFTER, " + CHECKPOINT_COMMIT, // and so before the commit of the group's offsets
  })
  void aKillAtAStepNeitherLosesNorDoublesARecord(Fault.At at, String step) throws Exception {
    sendInto(new Fault(STALL, at, step, 2));
    sink.close();

    everythingIsThereOnceAfterARestart();
  }

  @Test
  void aKillAfterTheOffsetsOfTheGroupNeitherLosesNorDoublesARecord() throws Exception {
    send();
    awaitCommitted();
    sink.close();

    everythingIsThereOnceAfterARestart();
  }

  @Test
  void aBrokerThatRestartsDuringABatchIsWaitedFor() throws Exception {
    sendInto(new Fault(STALL, AFTER, PLAN, 2));
    Stack.running().broker().kill();
    Files.delete(Fault.mark(directory));
    Stack.running().broker().start();

    everythingIsThereOnce();
  }

  @ParameterizedTest
  @CsvSource({
    "AFTER, " + PLAN, // the tasks cannot write
    "AFTER, " + DEAD_LETTER_COMMIT, // the events cannot be committed
  })
  void aFullDiskStopsTheSinkAndLosesNothing(Fault.At at, String step) throws Exception {
    new Fault(FULL, at, step, 2).arm(directory);
    send();

    assertThat(sink.await(90)).isEqualTo(1);
    assertThat(sink.lastError()).startsWith("error: disk full: ");
    everythingIsThereOnceAfterARestart();
  }

  @Test
  void aLostCheckpointIsNotStartedOverButTheTableSaysWhereToGoOn() throws Exception {
    // Given
    sendInto(new Fault(STALL, BEFORE, EVENTS_COMMIT, 2));
    sink.close();
    send();
    assertThat(FileUtil.fullyDelete(directory.resolve("cp").toFile())).isTrue();

    // When
    Program.Result refused = Program.run(args("drain", BATCH));
    Files.delete(Fault.mark(directory));
    new Fault(STALL, BEFORE, EVENTS_COMMIT, 2).arm(directory);
    sink = start(SMALL_BATCH, "--from-table");
    awaitMark();
    sink.close();

    // Then
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.lastError())
        .startsWith("error: table %s/events has batches up to ".formatted(directory))
        .endsWith(
            "a new checkpoint and --from-table, which goes on from the offsets in the table)");
    everythingIsThereOnceAfterARestart();
  }

  private static void sendInto(Fault fault) throws Exception {
    fault.arm(directory);
    send();
    awaitMark();
  }

  private static void awaitMark() {
    await().atMost(SOON).until(() -> Files.exists(Fault.mark(directory)) || !sink.isAlive());
    assertThat(sink.isAlive()).as("alive").isTrue();
  }

  private static void awaitCommitted() throws IOException {
    await().atMost(SOON).until(() -> isCommitted() || !sink.isAlive());
    assertThat(sink.isAlive()).as(sink.lastError()).isTrue();
  }

  private static boolean isCommitted() throws Exception {
    return Stack.committed(TOPIC).equals(Stack.ends(TOPIC, PARTITIONS));
  }

  private static ChildSink start(int batch, String... more) throws Exception {
    List<String> args = new ArrayList<>(args("stream", batch));
    args.addAll(List.of(more));
    return ChildSink.withFaults(directory, args);
  }

  private static List<String> args(String command, int batch) {
    return Stack.args(
        command, TOPIC, directory, "--max-records", Integer.toString(batch), "--trigger", "100ms");
  }

  private static void everythingIsThereOnceAfterARestart() throws Exception {
    sink = start(BATCH);
    send();
    everythingIsThereOnce();
  }

  private static void everythingIsThereOnce() throws Exception {
    awaitCommitted();
    Path sent =
        Files.writeString(
            directory.resolve("sent.json"),
            "{\"run\":\"000000000001\",\"shards\":1,\"next_sequences\":[%d]}".formatted(events));
    String table = directory + "/events";
    Program.Result proof =
        Program.run(List.of("verify", "--json", "--table", table, "--sent", sent.toString()));
    assertThat(proof.out().get(0))
        .startsWith("{\"ok\":true,")
        .contains("\"records\":%d,\"missing\":0,\"duplicates\":0,".formatted(events))
        .contains("\"dead_letters\":%d,\"doubled_dead_letters\":0,".formatted(poison));
  }

  private static void send() throws Exception {
    List<byte[]> values = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      values.add(Events.value(schemaId, Events.event(1, 0, events++)));
      if (i % POISON_EVERY == 0) {
        values.add(new byte[] {1, 2, 3});
        poison++;
      }
    }
    Stack.send(TOPIC, values);
  }
}
