// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.event;

import java.time.Duration;
import java.util.Optional;

/**
 * Events that happened before their place in the run says, as those of a phone without a network.
 *
 * @param share how many are late
 * @param atMost by how much, evenly spread between nothing and this; zero where none is late
 */
public record Lateness(Share share, Duration atMost) {

  public static final Lateness NONE = new Lateness(Share.NONE, Duration.ZERO);

  private static final Duration DEFAULT = Duration.ofMinutes(10);
  private static final Duration LONGEST = Duration.ofDays(36_500);

  /**
   * @throws IllegalArgumentException if some are late by nothing, by more than 36,500 days, or none
   *     is late by something
   */
  public Lateness {
    if (share.isNone() && !atMost.isZero()) {
      throw new IllegalArgumentException(
          "--late-by is for late events, and there are none: set --late too, such as 1%");
    }
    if (!share.isNone() && (atMost.toMillis() < 1 || atMost.compareTo(LONGEST) > 0)) {
      throw new IllegalArgumentException(
          "must be from 1ms to %dd: late-by=%dms".formatted(LONGEST.toDays(), atMost.toMillis()));
    }
  }

  /** With 10 minutes where only a share is asked for. */
  public static Lateness of(Share share, Optional<Duration> atMost) {
    return new Lateness(share, atMost.orElse(share.isNone() ? Duration.ZERO : DEFAULT));
  }
}
