// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.run;

import java.util.OptionalLong;

/**
 * When the next records of the shards that are held are due. All times are ns after the emission's
 * start.
 */
record Timing(Plan plan, Shards shards) {

  /** The part of the schedule that leaves together: 5 ms, so that a low rate stays smooth. */
  private static final long QUANTUM_NANOS = 5_000_000;

  /** ns from a time until the next batch is due, 0 if it is late; none if there is none to come. */
  OptionalLong nanosUntil(long now) {
    long end = plan.target();
    long first = shards.earliest(end);
    if (first == Run.UNBOUNDED) {
      return OptionalLong.empty();
    }
    int allShards = plan.run().shards();
    long last = first + (steadyBatch(now) * allShards + shards.count() - 1) / shards.count() - 1;
    return OptionalLong.of(
        Math.max(0, plan.schedule().intendedNanos(Math.min(last, end - 1)) - now));
  }

  /** ns for which the next record has been due at a time, 0 if it is not. */
  long overdueNanos(long now) {
    long first = shards.earliest(plan.target());
    return first == Run.UNBOUNDED ? 0 : Math.max(0, now - plan.schedule().intendedNanos(first));
  }

  /** When a record that is sent now was meant to be sent: at rate max, now. */
  long intendedNanos(long index, long now) {
    return plan.schedule().isPaced(index)
        ? Math.min(now, plan.schedule().intendedNanos(index))
        : now;
  }

  /** Our part of the quantum's records, from 1 to the most that a batch may have. */
  private long steadyBatch(long now) {
    double share = (double) shards.count() / plan.run().shards();
    double records = plan.schedule().perSecond(now) * share * QUANTUM_NANOS / 1e9;
    return (long) Math.max(1, Math.min(records, plan.batchRecords()));
  }
}
