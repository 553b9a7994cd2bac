// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.demo;

import dev.billion.local.LocalStackException;
import java.time.Duration;

/** Gives up on a pipeline that does not move. */
final class Patience {

  private final DemoOptions.Deadlines deadlines;

  Patience(DemoOptions.Deadlines deadlines) {
    this.deadlines = deadlines;
  }

  /**
   * While records are being sent.
   *
   * @param any whether one was sent before
   * @param since the last one, or the start
   */
  void producing(boolean any, Duration since) {
    require(
        since, any ? deadlines.stall() : deadlines.start(), "the producer sent nothing for %d s");
  }

  /**
   * While there is something to commit.
   *
   * @param any whether there was a commit before
   * @param since the last commit, or the first record
   */
  void committing(boolean any, Duration since) {
    require(
        since, any ? deadlines.stall() : deadlines.start(), "the sink committed nothing for %d s");
  }

  /**
   * After the last record was sent.
   *
   * @param since that moment
   */
  void draining(Duration since) {
    require(since, deadlines.drain(), "the sink has not caught up %d s after the last record");
  }

  private static void require(Duration since, Duration limit, String message) {
    if (since.compareTo(limit) > 0) {
      throw new LocalStackException(message.formatted(limit.toSeconds()));
    }
  }
}
