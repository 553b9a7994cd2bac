// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.metrics;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Whether the sink works. Safe for use by several threads. */
final class Health {

  private final Clock clock;
  private final Duration longestBatch;
  private final Lag lag;
  private Instant began;
  private boolean committed;

  /**
   * @param longestBatch a batch that takes longer hangs
   */
  Health(Clock clock, Duration longestBatch, Lag lag) {
    this.clock = clock;
    this.longestBatch = longestBatch;
    this.lag = lag;
  }

  synchronized void began() {
    began = clock.instant();
  }

  synchronized void committed() {
    began = null;
    committed = true;
  }

  /** How long the running batch has been running; none at all if none runs. */
  synchronized Duration running() {
    return began == null ? Duration.ZERO : Duration.between(began, clock.instant());
  }

  /** No batch hangs. A query that fails ends the process, so there is nothing else to look at. */
  boolean live() {
    return running().compareTo(longestBatch) <= 0;
  }

  /** A batch was committed, or there was nothing to commit. */
  synchronized boolean ready() {
    return committed || lag.records() == 0;
  }
}
