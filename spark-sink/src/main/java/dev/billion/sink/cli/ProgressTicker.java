// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.cli;

import dev.billion.sink.stream.Progress;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Passes progress on as it comes, and the last one again while none comes, so that whoever watches
 * can tell a long batch from a dead process.
 */
final class ProgressTicker implements AutoCloseable {

  private static final Duration SILENCE = Duration.ofSeconds(5);

  private final Consumer<Progress> report;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
          });
  private Progress last = Progress.NONE;
  private boolean fresh;
  private boolean closed;

  @SuppressWarnings("FutureReturnValueIgnored") // it ends with its timer
  ProgressTicker(Consumer<Progress> report) {
    this.report = report;
    timer.scheduleWithFixedDelay(
        this::tick, SILENCE.toMillis(), SILENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  synchronized void report(Progress progress) {
    last = progress;
    fresh = true;
    report.accept(progress);
  }

  private synchronized void tick() {
    if (!fresh && !closed) {
      report.accept(last);
    }
    fresh = false;
  }

  /** Ends it; nothing is passed on after that. */
  @Override
  public synchronized void close() {
    closed = true;
    timer.shutdownNow();
  }
}
