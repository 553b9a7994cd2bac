// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {

  private static final Duration DEADLINE = Duration.ofSeconds(20);

  @TempDir private Path directory;

  @Test
  void deliversEveryLineToItsListenerAndToTheLog() throws Exception {
    // Given
    Queue<String> out = new ConcurrentLinkedQueue<>();
    Queue<String> err = new ConcurrentLinkedQueue<>();

    // When
    ChildProcess process =
        ChildProcess.start(shell("echo one; echo two >&2; echo $WORD; exit 3"), out::add, err::add);
    int status = process.onExit().join();

    // Then
    assertThat(status).isEqualTo(3);
    assertThat(out).containsExactly("one", "three");
    assertThat(err).containsExactly("two");
    assertThat(Files.readAllLines(process.log())).containsExactlyInAnyOrder("one", "two", "three");
  }

  @Test
  void aProgramThatIsToldToStopCanStillFinishItsWork() {
    // Given
    Queue<String> out = new ConcurrentLinkedQueue<>();
    ChildProcess process =
        ChildProcess.start(
            shell("trap 'echo drained; exit 0' TERM; echo ready; while :; do sleep 0.05; done"),
            out::add,
            line -> {});
    await().atMost(DEADLINE).until(() -> out.contains("ready"));

    // When
    process.stop(DEADLINE);

    // Then
    assertThat(process.onExit().join()).isZero();
    assertThat(out).containsExactly("ready", "drained");
  }

  @Test
  void aProgramThatDoesNotStopIsKilled() {
    // Given
    Queue<String> out = new ConcurrentLinkedQueue<>();
    ChildProcess process =
        ChildProcess.start(
            shell("trap '' TERM; echo ready; while :; do sleep 0.05; done"), out::add, line -> {});
    await().atMost(DEADLINE).until(() -> out.contains("ready"));

    // When
    process.stop(Duration.ofMillis(200));

    // Then
    assertThat(process.isAlive()).isFalse();
    assertThat(process.ended())
        .isEqualTo("the tool ended by signal 9; its log: " + directory.resolve("logs/tool.log"));
  }

  @Test
  void aProgramThatDoesNotComeAlongIsAskedWhereItsThreadsAre() throws Exception {
    // Given
    Queue<String> out = new ConcurrentLinkedQueue<>();
    ChildProcess process =
        ChildProcess.start(
            shell("trap 'echo stacks' QUIT; echo ready; while :; do sleep 0.05; done"),
            out::add,
            line -> {});
    await().atMost(DEADLINE).until(() -> out.contains("ready"));

    // When
    ChildProcess.printThreads(List.of(process));

    // Then
    await().atMost(DEADLINE).until(() -> out.contains("stacks"));
    process.kill();
  }

  @Test
  void ctrlCDoesNotReachIt() {
    // When
    ChildProcess process = ChildProcess.start(shell("kill -INT $$; echo alive"));

    // Then
    assertThat(process.onExit().join()).isZero();
    assertThat(process.tail()).containsExactly("alive");
  }

  @Test
  void aLogThatCannotBeWrittenIsNamed() throws Exception {
    // Given
    Path file = Files.createFile(directory.resolve("logs"));

    // When, Then
    assertThatThrownBy(() -> ChildProcess.start(shell("true")))
        .isInstanceOf(LocalStackException.class)
        .hasMessage("cannot start the tool: %s: not a directory", file);
  }

  private ChildProcess.Command shell(String script) {
    return new ChildProcess.Command(
        "tool",
        List.of("/bin/sh", "-c", script),
        Map.of("WORD", "three"),
        directory.resolve("logs").resolve("tool.log"));
  }
}
