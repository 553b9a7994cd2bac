// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billion.local.program.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The care for a sink, which is any program here. */
class SinkTest {

  private static final String KILLED =
      "echo '{\"progress\":\"sink\",\"dead_letters\":2}' >&2; kill -9 $$";
  private static final String IN_USE = "echo 'error: checkpoint C is in use' >&2; exit 1";
  private static final String RUNS = "exec sleep 60";

  @TempDir private Path directory;

  private final List<Program> started = new ArrayList<>();

  @AfterEach
  void stop() {
    started.forEach(program -> program.process().kill());
  }

  @Test
  void aKilledSinkIsStartedAgainAndItsDeadLettersStillCount() {
    // Given
    Sink sink = sink(KILLED, RUNS);
    awaitEnd();

    // When
    sink.check(seconds(1), seconds(1));

    // Then
    assertThat(started).hasSize(2);
    assertThat(sink.restarts()).isEqualTo(1);
    assertThat(sink.deadLetters()).isEqualTo(2);
  }

  @Test
  void aSinkThatIsKilledAgainAndAgainIsGivenUp() {
    // Given
    Sink sink = sink(KILLED);
    for (int restart = 0; restart < Sink.MOST_RESTARTS; restart++) {
      awaitEnd();
      sink.check(seconds(restart), 0);
    }
    awaitEnd();

    // When, Then
    assertThatThrownBy(() -> sink.check(seconds(9), 0))
        .hasMessageStartingWith("the sink was killed 6 times; its log: ");
  }

  @Test
  void aSinkThatFailsByItselfIsNotStartedAgain() {
    // Given
    Sink sink = sink("echo 'error: no table at T' >&2; exit 1");
    awaitEnd();

    // When, Then
    assertThatThrownBy(() -> sink.check(seconds(1), 0))
        .hasMessageStartingWith("the sink failed: no table at T; its log: ");
  }

  @Test
  void whileAnotherSinkHoldsTheCheckpointItWaits() {
    // Given
    Sink sink = sink(IN_USE, RUNS);
    awaitEnd();

    // When
    sink.check(seconds(1), seconds(0));
    sink.check(seconds(20), seconds(18));

    // Then
    assertThat(started).hasSize(1);
  }

  @Test
  void whenTheOtherSinkCommitsNoMoreItIsStartedAgain() {
    // Given
    Sink sink = sink(IN_USE, RUNS);
    awaitEnd();
    sink.check(seconds(1), seconds(0));

    // When
    sink.check(seconds(30), seconds(18));

    // Then
    assertThat(started).hasSize(2);
    assertThat(sink.restarts()).isZero();
  }

  /** A sink whose n-th start runs the n-th script, the last one from then on. */
  private Sink sink(String... scripts) {
    return new Sink(
        () -> {
          String script = scripts[Math.min(started.size(), scripts.length - 1)];
          Program program =
              Program.start(
                  "sink", List.of("/bin/sh", "-c", script), directory.resolve("sink.log"));
          started.add(program);
          return program;
        });
  }

  private void awaitEnd() {
    started.get(started.size() - 1).status();
  }

  private static long seconds(long count) {
    return Duration.ofSeconds(count).toNanos();
  }
}
