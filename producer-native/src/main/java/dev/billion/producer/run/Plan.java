// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.run;

import dev.billion.producer.pacing.Rate;
import dev.billion.producer.pacing.Schedule;
import java.time.Duration;
import java.util.Optional;

/**
 * A run and how this emitter goes about it.
 *
 * @param run the events
 * @param rate how many a second
 * @param duration when to end before the run does
 * @param batchRecords the most records in a batch
 */
public record Plan(Run run, Rate rate, Optional<Duration> duration, int batchRecords) {

  /** The part of the schedule that leaves together: 5 ms, so that a low rate stays smooth. */
  private static final long QUANTUM_NANOS = 5_000_000;

  /**
   * @throws IllegalArgumentException if the batch is empty or the duration is not above zero
   */
  public Plan {
    if (batchRecords < 1) {
      throw new IllegalArgumentException("must be above 0: batch records=" + batchRecords);
    }
    if (duration.isPresent() && duration.get().toNanos() <= 0) {
      throw new IllegalArgumentException("must be above 0: duration=" + duration.get());
    }
  }

  public Schedule schedule() {
    return new Schedule(rate);
  }

  /** The most records that leave together when none is late. */
  public int steadyBatch() {
    return schedule().batchSize(QUANTUM_NANOS, batchRecords);
  }

  /**
   * How many records there are to send: those of the run, or of the duration if these are fewer.
   */
  public long target() {
    if (duration.isEmpty() || rate.isMax()) {
      return run.records();
    }
    double due = duration.get().toNanos() / 1e9 * rate.perSecond();
    return (long) Math.min(run.records(), Math.floor(due));
  }
}
