// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.drain;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Work on a number of threads. */
final class Threads {

  private Threads() {}

  /** Runs a task on each of them, until all have ended well or one has failed. */
  static void run(int threads, IntFunction<Callable<Void>> task)
      throws InterruptedException, ExecutionException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Void>> results =
          IntStream.range(0, threads).mapToObj(thread -> pool.submit(task.apply(thread))).toList();
      for (Future<Void> result : results) {
        result.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
