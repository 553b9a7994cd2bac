// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Does several things at once, each on a thread of its own. */
public final class Together {

  private static final int STOP_SECONDS = 60;

  private Together() {}

  /**
   * Returns when all are done. The first that fails, or the caller's interrupt, interrupts the
   * others, and they have cleaned up when this throws.
   *
   * @return what they returned, in their order
   * @throws ExecutionException of the first that failed
   */
  public static <T> List<T> call(List<? extends Callable<? extends T>> tasks)
      throws ExecutionException, InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      CompletionService<T> done = new ExecutorCompletionService<>(threads);
      List<Future<T>> futures = new ArrayList<>();
      for (Callable<? extends T> task : tasks) {
        futures.add(done.submit(task::call));
      }
      for (int i = 0; i < tasks.size(); i++) {
        done.take().get();
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } finally {
      end(threads);
    }
  }

  /** Interrupts what goes on, and waits until it has cleaned up. */
  private static void end(ExecutorService threads) {
    threads.shutdownNow();
    boolean interrupted = Thread.interrupted();
    try {
      if (!threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        throw new LocalStackException("what goes on did not stop within " + STOP_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
