// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.fleet;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The thread on which a member's producer is used. It keeps no process alive. */
final class SendingThread implements Executor {

  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "fleet-sending");
            thread.setDaemon(true);
            return thread;
          });

  @Override
  public void execute(Runnable task) {
    executor.execute(task);
  }

  /** Runs a task, which must not throw, after a time. */
  @SuppressWarnings("FutureReturnValueIgnored") // there is nothing to learn of it
  void after(Duration delay, Runnable task) {
    executor.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Runs a task and waits for it; it goes on when the wait is over. */
  void await(Runnable task, Duration atMost)
      throws ExecutionException, InterruptedException, TimeoutException {
    executor.submit(task).get(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Runs a task and waits for it. */
  void await(Runnable task) throws ExecutionException, InterruptedException {
    executor.submit(task).get();
  }

  /** Ends when all is done that was to run at once. */
  void end(Deadline deadline) throws InterruptedException {
    executor.shutdown();
    executor.awaitTermination(deadline.leftMillis(), TimeUnit.MILLISECONDS);
  }
}
