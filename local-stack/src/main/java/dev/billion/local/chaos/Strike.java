// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.chaos;

import java.time.Duration;
import java.util.List;

/**
 * A fault at its time.
 *
 * @param at since the beginning
 * @param fault what happens
 * @param lot decides which of several it befalls, 0 or more
 * @param lasting how long the struck part is kept away
 */
record Strike(Duration at, Fault fault, int lot, Duration lasting) {

  /** When the struck part may come back, since the beginning. */
  Duration until() {
    return at.plus(lasting);
  }

  /** Which one it befalls. */
  <T> T victim(List<T> candidates) {
    return candidates.get(lot % candidates.size());
  }
}
