// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.demo;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * What a demo runs.
 *
 * @param records how many to send
 * @param rate records/s, empty for as fast as it goes
 * @param shards what the records are divided into
 * @param partitions of the topic, where it is not there yet
 * @param seed of the generated events, empty for the producer's default
 * @param deadlines how long to be patient
 */
public record DemoOptions(
    long records,
    OptionalLong rate,
    int shards,
    int partitions,
    OptionalLong seed,
    Deadlines deadlines) {

  /**
   * How long to be patient.
   *
   * @param start until the first record is sent, and from then to the first commit
   * @param stall without a further record sent or committed
   * @param drain from the producer's end to the last commit
   */
  public record Deadlines(Duration start, Duration stall, Duration drain) {
    public static final Deadlines DEFAULT =
        new Deadlines(Duration.ofMinutes(3), Duration.ofMinutes(1), Duration.ofMinutes(30));
  }
}
