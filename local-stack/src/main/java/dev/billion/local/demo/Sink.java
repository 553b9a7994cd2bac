// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.demo;

import dev.billion.local.ChildProcess;
import dev.billion.local.LocalStackException;
import dev.billion.local.program.Program;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The sink, started again when it is killed, or when another sink that took its place is gone. For
 * one thread.
 */
final class Sink {

  static final int MOST_RESTARTS = 5;

  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Duration QUIET = Duration.ofSeconds(5);
  private static final String IN_USE = "in use";

  private final Supplier<Program> starter;
  private Program program;
  private long deadLettersBefore;
  private int restarts;
  private long endedAt;
  private boolean endSeen;

  Sink(Supplier<Program> starter) {
    this.starter = starter;
    this.program = starter.get();
  }

  int restarts() {
    return restarts;
  }

  /** The dead letters of all sinks started here. */
  long deadLetters() {
    return deadLettersBefore + program.feed().progress("dead_letters");
  }

  /** Asks it to stop. */
  void terminate() {
    program.process().terminate();
  }

  /** Stops it, by force where that takes longer than 10 s: what is committed stays exact. */
  void stop() {
    program.stop(GRACE);
  }

  /**
   * Looks after the sink.
   *
   * @param nanos the time
   * @param committedAt when an offset was last committed, by whomever
   * @throws LocalStackException if it failed for a reason of its own, or was killed too often
   */
  void check(long nanos, long committedAt) {
    if (!program.ended()) {
      return;
    }
    if (!endSeen) {
      endSeen = true;
      endedAt = nanos;
    }
    if (anotherRuns()) {
      if (nanos - Math.max(endedAt, committedAt) > QUIET.toNanos()) {
        startAgain();
      }
      return;
    }
    int status = program.status();
    if (status > 0 && status < ChildProcess.SIGNALLED) {
      throw program.failure();
    }
    if (restarts == MOST_RESTARTS) {
      throw new LocalStackException(
          "the sink was killed %d times; its log: %s"
              .formatted(restarts + 1, program.process().log()));
    }
    restarts++;
    startAgain();
  }

  private boolean anotherRuns() {
    return program.status() > 0
        && program.feed().error().filter(error -> error.contains(IN_USE)).isPresent();
  }

  private void startAgain() {
    deadLettersBefore = deadLetters();
    endSeen = false;
    program = starter.get();
  }
}
