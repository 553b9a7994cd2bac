// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.soak;

import java.time.Duration;
import java.util.List;

/**
 * What a round is made of.
 *
 * @param records how many events its run has
 * @param rate records/s
 * @param disturbances those that are drawn from
 * @param outage how long the broker is away when it is
 */
record SoakOptions(long records, long rate, List<Disturbance> disturbances, Duration outage) {

  /** How often a fleet is disturbed in a round. */
  static final int DISTURBANCES = 2;

  static final int SHARDS = 16;

  /** After what silence the others take over from a member, and its transaction is undone. */
  static final Duration SESSION = Duration.ofSeconds(6);

  /** After what silence of the broker a member is not ready any more. */
  static final Duration STALL = Duration.ofSeconds(2);

  /** How long a run may take from its start to its last member's end. */
  static final Duration PATIENCE = Duration.ofMinutes(3);

  /** How long a transaction may stay open after the run. */
  static final Duration SETTLEMENT = Duration.ofSeconds(30);
}
