// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MeterTest {

  private final Meter meter = new Meter(Duration.ofSeconds(5));

  @Test
  void oneReadingIsNoRate() {
    read(0, 100);
    assertThat(meter.perSecond()).isZero();
  }

  @Test
  void theRateIsThatOfTheLastSeconds() {
    read(0, 0);
    read(10, 0);
    read(12, 200);
    read(14, 400);
    assertThat(meter.perSecond()).isEqualTo(100);
  }

  @Test
  void aTotalThatStandsStillHasNoRateAfterTheWindow() {
    read(0, 0);
    read(1, 1_000);
    read(7, 1_000);
    read(8, 1_000);
    assertThat(meter.perSecond()).isZero();
    assertThat(meter.changedAt()).isEqualTo(Duration.ofSeconds(1).toNanos());
  }

  private void read(long seconds, long total) {
    meter.read(Duration.ofSeconds(seconds).toNanos(), total);
  }
}
