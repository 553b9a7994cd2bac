// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.chaos;

import dev.billion.local.LocalStackException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** The time that a program has to end in good order. */
final class Grace {

  /** As long as the manifests in {@code k8s/} give. */
  static final Duration TIME = Duration.ofSeconds(60);

  private static final long TICK_MILLIS = 100;

  private Grace() {}

  /**
   * Waits for the end of a program that was asked to.
   *
   * @param what it is, for people
   * @throws LocalStackException if it takes longer; an orchestrator would kill it now
   */
  static void give(String what, BooleanSupplier ended) throws InterruptedException {
    long end = System.nanoTime() + TIME.toNanos();
    while (!ended.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new LocalStackException(
            "the %s did not end within %d s of SIGTERM".formatted(what, TIME.toSeconds()));
      }
      Thread.sleep(TICK_MILLIS);
    }
  }
}
