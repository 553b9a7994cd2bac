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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileUtil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Everything that can come between the steps of a batch, at exactly that moment. All share one
 * topic and its tables: each test sends some more, has a sink die in its second batch, lets another
 * finish, and proves all that was ever sent.
 */
class KillMatrixIT {

  private static final String TOPIC = "matrix";
  private static final int PARTITIONS = 2;
  private static final int EVENTS = 100;
  private static final int POISON_EVERY = 10;
  private static final int BATCH = 50;
  private static final int SMALL_BATCH = 30;
  private static final String DEAD_LETTER_COMMIT = "dead_letters/_delta_log/[0-9]{20}.json";
  private static final String EVENTS_COMMIT = "events/_delta_log/[0-9]{20}.json";
  private static final String PLAN = "cp/offsets/[0-9]+";
  private static final String CHECKPOINT_COMMIT = "cp/commits/[0-9]+";

  @TempDir private static Path directory;

  private static int schemaId;
  private static int events;
  private static int poison;

  private final Path mark = directory.resolve("mark");

  @BeforeAll
  static void commitTheFirstBatches() throws Exception {
    Stack.createTopic(TOPIC, PARTITIONS);
    schemaId = Stack.register("matrix-value", UserEvent.getClassSchema());
    send();
    everythingIsThereOnceAfter(drain());
  }

  @BeforeEach
  void sendMore() throws Exception {
    Files.deleteIfExists(mark);
    send();
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
    try (ChildSink sink = sink(new Fault(STALL, at, step, 2))) {
      awaitMark(sink);
    }

    everythingIsThereOnceAfter(drain());
  }

  @Test
  void aKillAfterTheOffsetsOfTheGroupNeitherLosesNorDoublesARecord() throws Exception {
    try (ChildSink sink = new ChildSink(directory, args("stream", BATCH))) {
      await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> Stack.committed(TOPIC).equals(Stack.ends(TOPIC, PARTITIONS)));
      assertThat(sink.isAlive()).isTrue();
    }

    everythingIsThereOnceAfter(drain());
  }

  @Test
  void aBrokerThatRestartsDuringADrainIsWaitedFor() throws Exception {
    try (ChildSink sink = sink(new Fault(STALL, AFTER, PLAN, 2))) {
      awaitMark(sink);
      Stack.running().broker().kill();
      Files.delete(mark);
      Stack.running().broker().start();

      assertThat(sink.await(120)).as(sink.lastError()).isZero();
    }

    everythingIsThereOnceAfter(drain());
  }

  @ParameterizedTest
  @CsvSource({
    "AFTER, " + PLAN, // the tasks cannot write
    "AFTER, " + DEAD_LETTER_COMMIT, // the events cannot be committed
  })
  void aFullDiskStopsTheSinkAndLosesNothing(Fault.At at, String step) throws Exception {
    try (ChildSink sink = sink(new Fault(FULL, at, step, 2))) {
      assertThat(sink.await(90)).isEqualTo(1);
      assertThat(sink.lastError()).startsWith("error: disk full: ");
    }

    everythingIsThereOnceAfter(drain());
  }

  @Test
  void aLostCheckpointIsNotStartedOverButTheTableSaysWhereToGoOn() throws Exception {
    // Given
    try (ChildSink sink = sink(new Fault(STALL, BEFORE, EVENTS_COMMIT, 2))) {
      awaitMark(sink);
    }
    send();
    assertThat(FileUtil.fullyDelete(directory.resolve("cp").toFile())).isTrue();

    // When
    Program.Result refused = drain();
    Files.delete(mark);
    List<String> fromTable = new ArrayList<>(args("drain", SMALL_BATCH));
    fromTable.add("--from-table");
    try (ChildSink sink = sink(new Fault(STALL, BEFORE, EVENTS_COMMIT, 2), fromTable)) {
      awaitMark(sink);
    }

    // Then
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.lastError())
        .startsWith("error: table %s/events has batches up to ".formatted(directory))
        .endsWith(
            "a new checkpoint and --from-table, which goes on from the offsets in the table)");
    everythingIsThereOnceAfter(drain());
  }

  private void awaitMark(ChildSink sink) {
    await().atMost(Duration.ofSeconds(90)).until(() -> Files.exists(mark) || !sink.isAlive());
    assertThat(sink.isAlive()).as("alive").isTrue();
  }

  private ChildSink sink(Fault fault) throws Exception {
    return sink(fault, args("drain", BATCH));
  }

  private ChildSink sink(Fault fault, List<String> args) throws Exception {
    return ChildSink.with(fault, mark, directory, args);
  }

  private static Program.Result drain() {
    return Program.run(args("drain", BATCH));
  }

  private static List<String> args(String command, int batch) {
    return Stack.args(
        command, TOPIC, directory, "--max-records", Integer.toString(batch), "--trigger", "100ms");
  }

  private static void everythingIsThereOnceAfter(Program.Result drained) throws Exception {
    assertThat(drained.exit()).as(drained.lastError()).isZero();
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
    assertThat(Stack.committed(TOPIC)).isEqualTo(Stack.ends(TOPIC, PARTITIONS));
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
