// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.demo;

import java.time.Duration;
import java.util.Optional;

/**
 * How far a demo is.
 *
 * @param elapsed since the start
 * @param target records to send
 * @param sent records that the broker has acknowledged
 * @param committed records that the sink has committed
 * @param lag offsets that the sink has yet to commit
 * @param sentPerSecond over the last seconds
 * @param committedPerSecond over the last seconds
 * @param deadLetters records that the sink has put aside
 * @param sinkRestarts how often the sink was started again
 */
public record Progress(
    Duration elapsed,
    long target,
    long sent,
    long committed,
    long lag,
    double sentPerSecond,
    double committedPerSecond,
    long deadLetters,
    int sinkRestarts) {

  /** The time until the last record is committed at the present rates; empty while unknown. */
  Optional<Duration> remaining() {
    long toSend = target - sent;
    long toCommit = target - committed;
    if ((toSend > 0 && sentPerSecond <= 0) || (toCommit > 0 && committedPerSecond <= 0)) {
      return Optional.empty();
    }
    double seconds =
        Math.max(
            toSend > 0 ? toSend / sentPerSecond : 0,
            toCommit > 0 ? toCommit / committedPerSecond : 0);
    return Optional.of(Duration.ofMillis((long) (seconds * 1_000)));
  }
}
