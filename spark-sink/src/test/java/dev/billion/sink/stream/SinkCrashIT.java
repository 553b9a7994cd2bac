// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.billion.schemas.UserEvent;
import dev.billion.sink.testing.ChildSink;
import dev.billion.sink.testing.Events;
import dev.billion.sink.testing.Program;
import dev.billion.sink.testing.Stack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SinkCrashIT {

  private static final String TOPIC = "crashed";
  private static final int EVENTS = 60_000;
  private static final int POISON_EVERY = 1_000;
  private static final int PARTITIONS = 4;
  private static final int BATCH = 6_000;

  @TempDir private Path directory;

  @Test
  void aKillAtAnyMomentNeitherLosesNorDoublesARecord() throws Exception {
    // Given
    Stack.createTopic(TOPIC, PARTITIONS);
    sendEventsAndPoison();
    Random random = new Random(7);

    // When
    try (ChildSink sink = sink()) {
      await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> hasFinishedABatch(sink) || !sink.isAlive());
      sink.killAfter(random.nextInt(1_000));
    }
    List<String> summary = finishAndTerminate();

    // Then
    assertThat(summary).hasSize(1);
    Program.Result proof = Program.verify(directory + "/events", directory, EVENTS);
    assertThat(proof.out().get(0))
        .contains("\"records\":60000,\"missing\":0,\"duplicates\":0,")
        .contains("\"dead_letters\":60,\"doubled_dead_letters\":0,");
    assertThat(proof.exit()).isZero();
  }

  /** The last sink gets all the time it needs, then a signal while it has nothing to do. */
  private List<String> finishAndTerminate() throws Exception {
    try (ChildSink sink = sink()) {
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> Stack.committed(TOPIC).equals(Stack.ends(TOPIC, PARTITIONS)));
      sink.terminate();
      assertThat(sink.await(30)).isZero();
      return sink.out();
    }
  }

  private ChildSink sink() throws Exception {
    return new ChildSink(
        directory,
        Stack.args(
            "stream",
            TOPIC,
            directory,
            "--max-records",
            Integer.toString(BATCH),
            "--trigger",
            "100ms",
            "--master",
            "local[2]"));
  }

  private static boolean hasFinishedABatch(ChildSink sink) throws Exception {
    return sink.err().stream()
        .anyMatch(line -> line.contains("progress") && !line.contains("\"batch\":-1"));
  }

  private static void sendEventsAndPoison() throws Exception {
    int id = Stack.register("crashed-value", UserEvent.getClassSchema());
    List<byte[]> values = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      values.add(Events.value(id, Events.event(1, 0, i)));
      if (i % POISON_EVERY == 0) {
        values.add(new byte[] {1, 2, 3});
      }
    }
    Stack.send(TOPIC, values);
  }
}
