// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.run;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The part of the time that was spent waiting, from 0 to 1: over the last ten seconds, or since it
 * was last asked for if that is longer. Safe for use by several threads.
 */
final class Saturation {

  private static final long WINDOW_NANOS = 10_000_000_000L;

  /** How long was waited in all by a time, both ns. */
  private record Sample(long nanos, long waitedNanos) {}

  private final Deque<Sample> samples = new ArrayDeque<>();

  Saturation(long nowNanos) {
    samples.add(new Sample(nowNanos, 0));
  }

  synchronized double at(long nowNanos, long waitedNanos) {
    // the oldest of them is the newest that is as old as the window
    while (samples.size() > 1 && secondOldest().nanos() <= nowNanos - WINDOW_NANOS) {
      samples.removeFirst();
    }
    Sample since = samples.getFirst();
    samples.addLast(new Sample(nowNanos, waitedNanos));
    double passed = nowNanos - since.nanos();
    double waited = waitedNanos - since.waitedNanos();
    return passed <= 0 ? 0 : Math.max(0, Math.min(1, waited / passed));
  }

  private Sample secondOldest() {
    return samples.stream().skip(1).findFirst().orElseThrow();
  }
}
