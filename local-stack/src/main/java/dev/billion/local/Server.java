// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A server of the stack, on one loopback port for all its life. It can be killed and started again
 * on the same port and data. Safe for use by several threads.
 */
public abstract sealed class Server permits Broker, Registry {

  private static final Duration GRACE = Duration.ofSeconds(15);
  private static final Duration POLL = Duration.ofMillis(50);

  private final int port;
  private final Duration readyWithin;
  private volatile ChildProcess process;

  Server(int port, Duration readyWithin) {
    this.port = port;
    this.readyWithin = readyWithin;
  }

  /** Starts the program without waiting for it. */
  abstract ChildProcess launch();

  /** Whether it serves requests. */
  abstract boolean serves();

  public final int port() {
    return port;
  }

  /** Where it writes its log. */
  public final Path log() {
    return process.log();
  }

  public final boolean isAlive() {
    return process.isAlive();
  }

  /** The process id. */
  public final long pid() {
    return process.pid();
  }

  /** Completes with the exit status when the present process ends. */
  public final CompletableFuture<Integer> onExit() {
    return process.onExit();
  }

  /**
   * Starts it and waits until it serves.
   *
   * @throws LocalStackException if it ends before that, or takes too long; it does not run then
   */
  public final void start() {
    process = launch();
    try {
      awaitReady();
    } catch (RuntimeException e) {
      process.kill();
      throw e;
    }
  }

  /** Ends it as a crash would (SIGKILL). */
  public final void kill() {
    process.kill();
  }

  /** Stops it where it is for a while (SIGSTOP, SIGCONT). */
  public final void freeze(Duration time) throws InterruptedException {
    process.freeze(time);
  }

  /** Asks it to end, and returns at once. */
  final void terminate() {
    process.terminate();
  }

  /** Ends it in good order, by force where that takes longer than 15 s. */
  public final void stop() {
    process.stop(GRACE);
  }

  /** Stops it where it runs, and starts it again on the same port and data. */
  public final void restart() {
    stop();
    start();
  }

  /** How the present process ended, in one line. */
  public final String ended() {
    return process.ended();
  }

  private void awaitReady() {
    long deadline = System.nanoTime() + readyWithin.toNanos();
    while (!serves()) {
      if (!process.isAlive()) {
        throw ServerFailure.ended(process, port);
      }
      if (System.nanoTime() > deadline) {
        throw ServerFailure.late(process, readyWithin);
      }
      pause();
    }
  }

  private void pause() {
    try {
      Thread.sleep(POLL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalStackException("interrupted while starting the " + process.name(), e);
    }
  }
}
