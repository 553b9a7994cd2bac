// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.demo;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** The rate of a growing total over the last seconds. For one thread. */
final class Meter {

  private record Reading(long nanos, long total) {}

  private final long windowNanos;
  private final Deque<Reading> readings = new ArrayDeque<>();
  private long changedAt;

  Meter(Duration window) {
    this.windowNanos = window.toNanos();
  }

  /** Takes a reading; {@code nanos} never goes back. */
  void read(long nanos, long total) {
    if (readings.isEmpty() || readings.getLast().total() != total) {
      changedAt = nanos;
    }
    readings.addLast(new Reading(nanos, total));
    while (readings.size() > 2 && nanos - readings.getFirst().nanos() > windowNanos) {
      readings.removeFirst();
    }
  }

  /** When the total last changed, or was first read. */
  long changedAt() {
    return changedAt;
  }

  /** Per second; 0 before the second reading. */
  double perSecond() {
    if (readings.size() < 2) {
      return 0;
    }
    Reading first = readings.getFirst();
    Reading last = readings.getLast();
    long nanos = last.nanos() - first.nanos();
    return nanos == 0 ? 0 : (last.total() - first.total()) * 1e9 / nanos;
  }
}
