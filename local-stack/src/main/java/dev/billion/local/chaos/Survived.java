// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.chaos;

import java.time.Duration;

/**
 * A fault that was survived.
 *
 * @param fault what happened
 * @param recovery from its beginning until all was well again
 */
record Survived(Fault fault, Duration recovery) {

  double seconds() {
    return Math.round(recovery.toMillis() / 1e2) / 10.0;
  }
}
