// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.soak;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a round ended.
 *
 * @param seed what it was drawn from
 * @param disturbances what happened
 * @param fault what is wrong, if anything is
 * @param seconds how long it took
 * @param peakKib the most memory that a member held, KiB
 */
record Verdict(
    long seed,
    List<Disturbance> disturbances,
    Optional<String> fault,
    double seconds,
    long peakKib) {

  boolean ok() {
    return fault.isEmpty();
  }

  /** One line. */
  String text() {
    return "%s: %s (seed %d, %.1f s, largest member %d MiB)"
        .formatted(
            disturbances.isEmpty()
                ? "before anything happened"
                : disturbances.stream().map(Disturbance::word).collect(Collectors.joining(", ")),
            fault.orElse("every event once"),
            seed,
            seconds,
            peakKib >> 10);
  }
}
