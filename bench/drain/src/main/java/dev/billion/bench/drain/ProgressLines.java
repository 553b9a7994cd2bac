// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.drain;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A line of JSON a second on standard error, as the sink prints it, and a last one at close. */
final class ProgressLines implements AutoCloseable {

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
          });
  private final LongSupplier events;

  @SuppressWarnings("FutureReturnValueIgnored") // it ends with its timer
  ProgressLines(LongSupplier events) {
    this.events = events;
    timer.scheduleAtFixedRate(() -> print(events.getAsLong()), 1, 1, TimeUnit.SECONDS);
  }

  /** Prints one. */
  static void print(long events) {
    System.err.println("{\"progress\":\"drain\",\"events\":" + events + "}");
  }

  @Override
  public void close() {
    timer.shutdownNow();
    print(events.getAsLong());
  }
}
