// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.run;

import dev.billion.producer.pacing.Schedule;
import java.time.Duration;
import java.util.Optional;

/**
 * A run and how its emitters go about it.
 *
 * @param run the events
 * @param schedule when each is meant to be sent, ns after the emitter's start
 * @param duration when to end before the run does, after the emitter's start
 * @param warmUp after what time, from the emitter's start on, delays are those of its steady part
 * @param batchRecords the most records in a batch
 */
public record Plan(
    Run run, Schedule schedule, Optional<Duration> duration, Duration warmUp, int batchRecords) {

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

  /** This plan on another schedule. */
  Plan with(Schedule newSchedule) {
    return new Plan(run, newSchedule, duration, warmUp, batchRecords);
  }

  /**
   * How many records there are to send: those of the run, or of the duration if these are fewer.
   */
  public long target() {
    return schedule.dueBy(duration.map(Duration::toNanos), run.records());
  }

  /** Whether the warm-up is over. */
  boolean isSteady(long nanos) {
    return nanos >= warmUp.toNanos();
  }

  /** Whether time is up at rate max, where no count says so. */
  boolean isOver(long nanos) {
    return schedule.rate().isMax() && duration.filter(end -> nanos >= end.toNanos()).isPresent();
  }
}
