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
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryOutageIT {

  private static final String TOPIC = "outage";
  private static final String STOPPED = "stopped";
  private static final String SLOW = "slow";
  private static final Duration LONGER_THAN_A_REQUEST = Duration.ofSeconds(7); // which has 5 s
  private static final int UNKNOWN_ID = 987_655;

  @TempDir private Path directory;

  @AfterEach
  void registryIsBack() {
    if (!Stack.running().registry().isAlive()) {
      Stack.running().registry().start();
    }
  }

  @Test
  void aRegistryThatIsDownStopsTheSinkAndLosesNothing() throws Exception {
    // Given
    Stack.createTopic(TOPIC, 1);
    List<String> args =
        Stack.args("stream", TOPIC, directory, "--registry-deadline", "2s", "--trigger", "100ms");
    CompletableFuture<Program.Result> sink = CompletableFuture.supplyAsync(() -> Program.run(args));
    await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> Stack.committed(TOPIC).equals(Stack.ends(TOPIC, 1)));

    // When
    Stack.running().registry().kill();
    Stack.send(TOPIC, List.of(Events.value(UNKNOWN_ID, Events.event(1, 0, 0))));
    Program.Result failed = sink.get(90, TimeUnit.SECONDS);
    Stack.running().registry().start();
    Program.Result drained = Program.run(Stack.args("drain", TOPIC, directory));

    // Then
    assertThat(failed.exit()).isEqualTo(1);
    assertThat(failed.lastError())
        .startsWith(
            "error: registry " + Stack.running().registryUrl() + " not reachable within 2 s");
    assertThat(drained.exit()).isZero();
    assertThat(drained.out().get(0)).startsWith("{\"events\":0,\"dead_letters\":1,\"batches\":1");
  }

  @Test
  void aRegistryThatIsSlowHoldsTheBatchBackAndMakesNoDeadLetter() throws Exception {
    // Given
    Stack.createTopic(SLOW, 1);
    int id = Stack.register("slow-value", UserEvent.getClassSchema());
    List<byte[]> values =
        IntStream.range(0, 100).mapToObj(n -> Events.value(id, Events.event(1, 0, n))).toList();
    List<String> args = Stack.args("stream", SLOW, directory, "--trigger", "100ms");
    try (ChildSink sink = new ChildSink(directory, args)) {
      await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> Stack.committed(SLOW).equals(Stack.ends(SLOW, 1)));

      // When
      signal("STOP");
      try {
        Stack.send(SLOW, values);
        await()
            .atMost(Duration.ofSeconds(60))
            .during(LONGER_THAN_A_REQUEST)
            .until(() -> !planned().equals(finished()));
      } finally {
        signal("CONT");
      }
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> Stack.committed(SLOW).equals(Stack.ends(SLOW, 1)));
      sink.terminate();

      // Then
      assertThat(sink.await(60)).isZero();
      assertThat(sink.out().get(0)).startsWith("{\"events\":100,\"dead_letters\":0,");
      assertThat(sink.err()).noneMatch(line -> line.startsWith("error"));
    }
  }

  @Test
  void aSinkThatIsAskedToStopFinishesItsBatch() throws Exception {
    // Given
    Stack.createTopic(STOPPED, 1);
    int id = Stack.register("stopped-value", UserEvent.getClassSchema());
    List<String> args = Stack.args("stream", STOPPED, directory, "--trigger", "100ms");
    try (ChildSink sink = new ChildSink(directory, args)) {
      await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> Stack.committed(STOPPED).equals(Stack.ends(STOPPED, 1)));
      Stack.running().registry().kill();
      Stack.send(STOPPED, List.of(Events.value(id, Events.event(1, 0, 0))));
      await().atMost(Duration.ofSeconds(30)).until(() -> !planned().equals(finished()));

      // When
      sink.terminate();
      Stack.running().registry().start();

      // Then
      assertThat(sink.await(60)).isZero();
      assertThat(sink.out().get(0)).startsWith("{\"events\":1,\"dead_letters\":0,");
    }
    assertThat(planned()).isEqualTo(finished());
    assertThat(Stack.committed(STOPPED)).isEqualTo(Stack.ends(STOPPED, 1));
  }

  private static void signal(String name) throws Exception {
    String pid = Long.toString(Stack.running().registry().pid());
    assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
  }

  private List<String> planned() {
    return batches("offsets");
  }

  private List<String> finished() {
    return batches("commits");
  }

  private List<String> batches(String kind) {
    String[] names = directory.resolve("cp").resolve(kind).toFile().list();
    return names == null
        ? List.of()
        : Arrays.stream(names).filter(name -> name.matches("\\d+")).sorted().toList();
  }
}
