// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.fleet;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The time by which several steps are to be done, each of which may take what the others left. */
final class Deadline {

  private final long endNanos;

  /**
   * @param after from now
   */
  Deadline(Duration after) {
    this.endNanos = System.nanoTime() + after.toNanos();
  }

  /** What is left, ms; never 0, which is for ever to those who wait. */
  long leftMillis() {
    return Math.max(1, TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime()));
  }
}
