// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.pacing;

/**
 * When each record is meant to be sent: record {@code i} at {@code i / rate} after the start. Times
 * are computed from the record's number and never from the one before it, so that nothing drifts,
 * and a record that is late is late: the ones behind it keep their times.
 *
 * <p>After openmessaging-benchmark's UniformRateLimiter, without its rounding of the interval to
 * whole nanoseconds, which at 277,778 records/s is 0.9 s an hour.
 */
public final class Schedule {

  private final Rate rate;

  public Schedule(Rate rate) {
    this.rate = rate;
  }

  /** ns from the start to the intended send time of record {@code index}; 0 at rate max. */
  public long intendedNanos(long index) {
    return rate.isMax() ? 0 : Math.round(index * 1e9 / rate.perSecond());
  }

  /** How many records are due {@code nanos} ns after the start; all there are at rate max. */
  public long dueAfter(long nanos) {
    if (rate.isMax()) {
      return Long.MAX_VALUE;
    }
    return (long) Math.floor(nanos * rate.perSecond() / 1e9) + 1;
  }

  /**
   * How many records leave together: as many as fall due in {@code quantumNanos} ns, at least one
   * and at most {@code limit}.
   */
  public int batchSize(long quantumNanos, int limit) {
    return (int) Math.max(1, Math.min(limit, rate.perSecond() * quantumNanos / 1e9));
  }
}
