// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.chaos;

import java.time.Duration;

/** What faults strike. */
enum Target {
  EMITTER(8),
  SINK(20),
  BROKER(12),
  REGISTRY(10);

  private final int settleSeconds;

  Target(int settleSeconds) {
    this.settleSeconds = settleSeconds;
  }

  /** How long it is left alone at least once a fault is over. */
  Duration settle() {
    return Duration.ofSeconds(settleSeconds);
  }
}
