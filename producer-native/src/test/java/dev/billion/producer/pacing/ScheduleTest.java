// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

  private static final long HOUR = Duration.ofHours(1).toNanos();

  @Test
  void aBillionRecordsTakeAnHourToTheNanosecond() {
    // Given
    Schedule schedule = new Schedule(new Rate(1e9 / 3600));

    // Then
    assertThat(schedule.intendedNanos(1_000_000_000)).isEqualTo(HOUR);
    assertThat(schedule.intendedNanos(0)).isZero();
  }

  @Test
  void nothingDriftsInAThousandHours() {
    // Given
    Schedule schedule = new Schedule(Rate.parse("277778"));

    // Then
    assertThat(schedule.intendedNanos(277_778L * 3600 * 1000)).isEqualTo(1000 * HOUR);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "7", "999", "50k", "277_778", "3M"})
  void aRecordIsDueFromItsIntendedTimeOn(String rate) {
    Schedule schedule = new Schedule(Rate.parse(rate));
    for (long index : new long[] {0, 1, 2, 1000, 123_457}) {
      long intended = schedule.intendedNanos(index);
      assertThat(schedule.dueAfter(intended + 1)).isGreaterThan(index);
      assertThat(schedule.dueAfter(Math.max(0, intended - 2))).isLessThanOrEqualTo(index + 1);
    }
  }

  @Test
  void recordsLeaveTogetherByTheQuantumWithinTheLimit() {
    assertThat(new Schedule(Rate.parse("50k")).batchSize(5_000_000, 1024)).isEqualTo(250);
    assertThat(new Schedule(Rate.parse("10")).batchSize(5_000_000, 1024)).isEqualTo(1);
    assertThat(new Schedule(Rate.parse("3M")).batchSize(5_000_000, 1024)).isEqualTo(1024);
    assertThat(new Schedule(Rate.MAX).batchSize(5_000_000, 1024)).isEqualTo(1024);
  }

  @Test
  void atRateMaxEverythingIsDueAtOnce() {
    assertThat(Rate.parse("max").isMax()).isTrue();
    assertThat(new Schedule(Rate.MAX).intendedNanos(1_000_000)).isZero();
    assertThat(new Schedule(Rate.MAX).dueAfter(0)).isEqualTo(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-5", "fast", "", "1.5"})
  void whatIsNoRateIsRefusedWithWhatWouldBe(String text) {
    assertThatThrownBy(() -> Rate.parse(text))
        .hasMessage(
            "not a rate: '%s' (valid: 'max', or records/s above 0 such as 500, 50k, 277_778)",
            text);
  }
}
