// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.raw;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A line of JSON a second on standard error, as the emitter prints it, and a last one at close. */
public final class ProgressLines implements AutoCloseable {

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
          });
  private final LongSupplier sent;

  /**
   * @param sent how many records the broker has acknowledged
   */
  @SuppressWarnings("FutureReturnValueIgnored") // it ends with its timer
  public ProgressLines(LongSupplier sent) {
    this.sent = sent;
    timer.scheduleAtFixedRate(this::print, 1, 1, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    timer.shutdownNow();
    print();
  }

  private void print() {
    System.err.println("{\"progress\":\"produce\",\"sent\":" + sent.getAsLong() + "}");
  }
}
