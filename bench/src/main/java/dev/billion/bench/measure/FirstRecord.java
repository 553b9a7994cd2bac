// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.measure;

import dev.billion.local.ChildProcess;
import dev.billion.local.LocalStackException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** How long an emitter takes from its start to its first record. */
public final class FirstRecord {

  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final String SUMMARY = "{";

  private FirstRecord() {}

  /**
   * Runs an emitter of one record to its end.
   *
   * @return ms from before its process is made until its summary is read, which it prints once the
   *     broker has acknowledged the record
   * @throws LocalStackException if it fails
   */
  public static double millis(ChildProcess.Command command) throws InterruptedException {
    CompletableFuture<Long> told = new CompletableFuture<>();
    long start = System.nanoTime();
    ChildProcess process =
        ChildProcess.start(
            command,
            line -> {
              if (line.startsWith(SUMMARY)) {
                told.complete(System.nanoTime());
              }
            },
            line -> {});
    try {
      if (process.onExit().get() != 0 || !told.isDone()) {
        throw new LocalStackException(process.ended());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      process.stop(GRACE);
    }
    return (told.join() - start) / 1e6;
  }
}
