// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.chaos;

import java.time.Duration;
import java.util.List;

/**
 * What is run and what befalls it.
 *
 * @param seed what the plan is drawn from
 * @param time how long faults strike
 * @param faults those that are drawn from
 * @param brokers 1 or 3
 * @param rate records/s
 * @param poison share of records that are no events, such as {@code 0.1%}
 */
record ChaosOptions(
    long seed, Duration time, List<Fault> faults, int brokers, long rate, String poison) {

  static final int EMITTERS = 2;
  static final int SHARDS = 16;
  static final int PARTITIONS = 12;

  /** Until records flow from the emitters through the sink. */
  static final Duration START = Duration.ofMinutes(5);

  /** From the request to the last emitter's end; each has {@link Grace#TIME} once it knows. */
  static final Duration STOP = Grace.TIME.plusSeconds(30);

  /** From then until the sink has committed all; transactions of the killed are undone by then. */
  static final Duration DRAIN = Duration.ofMinutes(5);

  ChaosOptions {
    faults = List.copyOf(faults);
  }
}
