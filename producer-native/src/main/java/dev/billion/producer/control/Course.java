// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.control;

import dev.billion.producer.pacing.Schedule;
import dev.billion.producer.run.Run;
import java.util.Optional;

/**
 * What a fleet does: the run, when its events are due, and whether it goes on. All times are ns
 * since 1970, so the clocks of the fleet's machines must agree as well as the load should be even.
 *
 * @param schedule when the run's events are due
 * @param endNanos when the run ends before its last event, if ever
 * @param status whether it goes on
 */
public record Course(Run run, Schedule schedule, Optional<Long> endNanos, Status status) {

  /** Whether a run goes on. */
  public enum Status {
    OPEN,
    /** Ended before its time. */
    STOPPED,
    /** Everything is sent. */
    DONE
  }

  public boolean isOpen() {
    return status == Status.OPEN;
  }

  public Course with(Schedule newSchedule) {
    return new Course(run, newSchedule, endNanos, status);
  }

  public Course with(Status newStatus) {
    return new Course(run, schedule, endNanos, newStatus);
  }

  /** Whether it is paused before its end, so that it may have more events than it has now. */
  public boolean isHeld(long nowNanos) {
    return schedule.paused()
        && endNanos.filter(end -> nowNanos < end).isPresent()
        && target() < run.records();
  }

  /** How many events the run has in all, as its schedule is now. */
  public long target() {
    return schedule.dueBy(endNanos, run.records());
  }
}
