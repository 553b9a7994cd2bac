// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.control;

import java.time.Clock;
import java.time.Instant;

/** The time of day as one number, which is good until the year 2262. */
public final class EpochNanos {

  private EpochNanos() {}

  /** ns since 1970. */
  public static long of(Clock clock) {
    Instant now = clock.instant();
    return Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L), now.getNano());
  }
}
