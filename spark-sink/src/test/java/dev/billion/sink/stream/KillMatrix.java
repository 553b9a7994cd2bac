// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import static dev.billion.sink.testing.Fault.At.AFTER;
import static dev.billion.sink.testing.Fault.At.BEFORE;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Everything that can come between the steps of a batch, at exactly that moment, wherever tables
 * and checkpoint are. All tests share one topic and its tables: each sends some more, has the
 * running sink die in the second batch of it, starts another, which goes on and is the next test's,
 * and proves all that was ever sent.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class KillMatrix {

  static final Duration SOON = Duration.ofSeconds(90);
  static final String PLAN = "cp/offsets/[0-9]+";
  static final String DEAD_LETTER_COMMIT = "dead_letters/_delta_log/[0-9]{20}.json";

  private static final String EVENTS_COMMIT = "events/_delta_log/[0-9]{20}.json";
  private static final String CHECKPOINT_COMMIT = "cp/commits/[0-9]+";
  private static final int PARTITIONS = 2;
  private static final int EVENTS = 100;
  private static final int POISON_EVERY = 10;
  private static final int BATCH = 50;
  private static final int SMALL_BATCH = 30;

  @TempDir static Path directory;

  private final String topic;
  private ChildSink sink;
  private int schemaId;
  private int events;
  private int poison;

  KillMatrix(String topic) {
    this.topic = topic;
  }

  /** Comes before all else. */
  void prepare() throws Exception {}

  /** The address that tables and checkpoint are under. */
  abstract String place();

  /** The same as a directory of this machine. */
  abstract Path placeOnDisk();

  /** A sink that meets what is armed. */
  abstract ChildSink start(List<String> args) throws IOException;

  abstract void arm(Fault fault) throws IOException;

  /** Whether the fault that is armed has happened. */
  abstract boolean hasStruck();

  /** Lets a step go on that was stalled. */
  abstract void release() throws IOException;

  /** As if nothing had ever been armed; a step that is stalled is never done. */
  abstract void forget() throws IOException;

  @BeforeAll
  void commitTheFirstBatches() throws Exception {
    prepare();
    Stack.createTopic(topic, PARTITIONS);
    schemaId = Stack.register(topic + "-value", UserEvent.getClassSchema());
    send();
    sink = start(BATCH);
    awaitCommitted();
  }

  @AfterAll
  void stop() throws Exception {
    sink.close();
  }

  @BeforeEach
  void aSinkThatHasNothingToDo() throws Exception {
    forget();
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
    release();
    Stack.running().broker().start();

    everythingIsThereOnce();
  }

  @Test
  void aLostCheckpointIsNotStartedOverButTheTableSaysWhereToGoOn() throws Exception {
    // Given
    sendInto(new Fault(STALL, BEFORE, EVENTS_COMMIT, 2));
    sink.close();
    send();
    assertThat(FileUtil.fullyDelete(placeOnDisk().resolve("cp").toFile())).isTrue();

    // When
    Program.Result refused = Program.run(args("drain", BATCH));
    forget();
    arm(new Fault(STALL, BEFORE, EVENTS_COMMIT, 2));
    sink = start(SMALL_BATCH, "--from-table");
    awaitStrike();
    sink.close();

    // Then
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.lastError())
        .startsWith("error: table %s/events has batches up to ".formatted(place()))
        .endsWith(
            "a new checkpoint and --from-table, which goes on from the offsets in the table)");
    everythingIsThereOnceAfterARestart();
  }

  final void sendInto(Fault fault) throws Exception {
    arm(fault);
    send();
    awaitStrike();
  }

  final ChildSink sink() {
    return sink;
  }

  private void awaitStrike() {
    await().atMost(SOON).until(() -> hasStruck() || !sink.isAlive());
    assertThat(sink.isAlive()).as("alive").isTrue();
  }

  private void awaitCommitted() throws IOException {
    await().atMost(SOON).until(() -> isCommitted() || !sink.isAlive());
    assertThat(sink.isAlive()).as(sink.lastError()).isTrue();
  }

  private boolean isCommitted() throws Exception {
    return Stack.committed(topic).equals(Stack.ends(topic, PARTITIONS));
  }

  private ChildSink start(int batch, String... more) throws Exception {
    List<String> args = new ArrayList<>(args("stream", batch));
    args.addAll(List.of(more));
    return start(args);
  }

  private List<String> args(String command, int batch) {
    return Stack.args(
        command,
        topic,
        directory,
        "--table",
        place() + "/events",
        "--checkpoint",
        place() + "/cp",
        "--max-records",
        Integer.toString(batch),
        "--trigger",
        "100ms");
  }

  final void everythingIsThereOnceAfterARestart() throws Exception {
    sink = start(BATCH);
    send();
    everythingIsThereOnce();
  }

  final void everythingIsThereOnce() throws Exception {
    awaitCommitted();
    Program.Result proof = Program.verify(place() + "/events", directory, events);
    assertThat(proof.out().get(0))
        .startsWith("{\"ok\":true,")
        .contains("\"records\":%d,\"missing\":0,\"duplicates\":0,".formatted(events))
        .contains("\"dead_letters\":%d,\"doubled_dead_letters\":0,".formatted(poison));
  }

  final void send() throws Exception {
    List<byte[]> values = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      values.add(Events.value(schemaId, Events.event(1, 0, events++)));
      if (i % POISON_EVERY == 0) {
        values.add(new byte[] {1, 2, 3});
        poison++;
      }
    }
    Stack.send(topic, values);
  }
}
