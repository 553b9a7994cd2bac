// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {

  @Test
  void theSlowerOfSendingAndCommittingDecidesTheTimeLeft() {
    assertThat(progress(500, 100, 100, 30).remaining()).contains(Duration.ofSeconds(30));
    assertThat(progress(100, 100, 10, 1_000).remaining()).contains(Duration.ofSeconds(90));
  }

  @Test
  void theTimeLeftIsUnknownWhileNothingIsCommitted() {
    assertThat(progress(500, 0, 100, 0).remaining()).isEmpty();
  }

  @Test
  void noTimeIsLeftWhenAllIsCommitted() {
    assertThat(progress(1_000, 1_000, 0, 0).remaining()).contains(Duration.ZERO);
  }

  private static Progress progress(
      long sent, long committed, double sentPerSecond, double committedPerSecond) {
    return new Progress(
        Duration.ofSeconds(5),
        1_000,
        sent,
        committed,
        sent - committed,
        sentPerSecond,
        committedPerSecond,
        0,
        0);
  }
}
