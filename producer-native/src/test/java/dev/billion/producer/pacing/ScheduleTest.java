// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

  private static final long HOUR = Duration.ofHours(1).toNanos();
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  @Test
  void aBillionRecordsTakeAnHourToTheNanosecond() {
    // Given
    Schedule schedule = Schedule.of(new Rate(1e9 / 3600), Profile.CONSTANT);

    // Then
    assertThat(schedule.intendedNanos(1_000_000_000)).isEqualTo(HOUR);
    assertThat(schedule.intendedNanos(0)).isZero();
  }

  @Test
  void nothingDriftsInAThousandHours() {
    // Given
    Schedule schedule = constant("277778");

    // Then
    assertThat(schedule.intendedNanos(277_778L * 3600 * 1000)).isEqualTo(1000 * HOUR);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "7", "999", "50k", "277_778", "3M"})
  void aRecordIsDueFromItsIntendedTimeOn(String rate) {
    Schedule schedule = constant(rate);
    for (long index : new long[] {0, 1, 2, 1000, 123_457}) {
      long intended = schedule.intendedNanos(index);
      assertThat(schedule.dueAt(intended + 1)).isGreaterThan(index);
      assertThat(schedule.dueAt(Math.max(0, intended - 2))).isLessThanOrEqualTo(index + 1);
    }
  }

  @Test
  void atRateMaxEverythingIsDueAtOnce() {
    assertThat(Rate.parse("max").isMax()).isTrue();
    assertThat(constant("max").intendedNanos(1_000_000)).isZero();
    assertThat(constant("max").dueAt(0)).isEqualTo(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "constant",
        "ramp:over=7s,from=0.2",
        "sine:period=3s",
        "spikes:every=2s,for=300ms"
      })
  void changesOfCourseLeaveNothingOutAndRepeatNothing(String profile) {
    // Given
    Schedule before = Schedule.of(new Rate(1000), Profile.parse(profile));
    long change = 4_321_000_000L;

    // When
    Schedule after = before.withRate(new Rate(5000), change, 0);
    Schedule paused = after.withPaused(true, 2 * change, 0);
    Schedule resumed = paused.withPaused(false, 3 * change, 0);

    // Then
    assertThat(after.dueAt(change) - before.dueAt(change)).isBetween(0L, 1L);
    assertThat(after.perSecond(change)).isCloseTo(5 * before.perSecond(change), within(1e-6));
    assertThat(paused.dueAt(9 * change)).isEqualTo(after.dueAt(2 * change));
    assertThat(paused.intendedNanos(paused.anchorIndex())).isEqualTo(Schedule.NEVER);
    assertThat(resumed.dueAt(3 * change) - paused.dueAt(9 * change)).isBetween(0L, 1L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"constant", "ramp:over=7s", "sine:period=3s", "spikes:every=60s,for=5s"})
  void aChangeBeforeTheBeginIsOfTheBegin(String profile) {
    // Given
    long begin = 4_000_000_000L;
    Schedule before = Schedule.of(new Rate(1000), Profile.parse(profile)).shifted(begin);

    // When
    Schedule after = before.withRate(new Rate(2000), 0, 0).withProfile(Profile.CONSTANT, 1, 0);

    // Then
    assertThat(after.dueAt(begin - 1)).isLessThanOrEqualTo(1);
    assertThat(after.dueAt(begin + 1_000_000_000)).isBetween(2_000L, 2_002L);
  }

  @Test
  void whatWasDueBeforeAChangeKeepsItsTime() {
    // Given
    Schedule first = constant("1000");

    // When
    Schedule paused = first.withPaused(true, 5 * SECOND, 0);
    Schedule faster = paused.withRate(new Rate(2000), 6 * SECOND, 0);
    Schedule resumed = faster.withPaused(false, 7 * SECOND, 0);
    Schedule other = resumed.withProfile(Profile.parse("sine:period=3s"), 9 * SECOND, 0);
    Schedule maximal = other.withRate(Rate.MAX, 10 * SECOND, 0).shifted(SECOND);

    // Then
    assertThat(resumed.anchorIndex()).isEqualTo(5001);
    assertThat(maximal.intendedNanos(4999)).isEqualTo(SECOND + first.intendedNanos(4999));
    assertThat(maximal.intendedNanos(5001)).isEqualTo(SECOND + resumed.intendedNanos(5001));
    assertThat(maximal.intendedNanos(9002)).isEqualTo(SECOND + other.intendedNanos(9002));
    assertThat(maximal.isPaced(9002)).isTrue();
    assertThat(maximal.isPaced(maximal.anchorIndex())).isFalse();
  }

  @Test
  void whatWasNotSentAtRateMaxIsDueAtTheChange() {
    Schedule after = constant("max").withRate(new Rate(10), 5 * SECOND, 777);
    assertThat(after.intendedNanos(776)).isEqualTo(5 * SECOND);
    assertThat(after.intendedNanos(787)).isEqualTo(6 * SECOND);
  }

  @Test
  void ofManyChangesTheLastSixteenAreRemembered() {
    // Given
    Schedule schedule = constant("1000");

    // When
    for (int change = 1; change <= 17; change++) {
      schedule = schedule.withRate(new Rate(1000), change * SECOND, 0);
    }

    // Then
    assertThat(schedule.intendedNanos(1500)).isCloseTo(SECOND + SECOND / 2, within(SECOND / 500));
    assertThat(schedule.intendedNanos(500)).isEqualTo(SECOND);
  }

  @Test
  void whatIsPausedHasWhatWasDueUntilThen() {
    Schedule paused = constant("1000").withPaused(true, 10_000_000_000L, 0);
    assertThat(paused.dueBy(Optional.of(HOUR), Long.MAX_VALUE)).isEqualTo(10_001);
    assertThat(paused.dueBy(Optional.of(1L), Long.MAX_VALUE)).isEqualTo(10_001);
    assertThat(paused.dueAt(HOUR)).isEqualTo(10_001);
  }

  @Test
  void anotherRateThanMaxGoesOnFromWhatWasSent() {
    Schedule after = constant("max").withRate(new Rate(10), 5_000_000_000L, 777);
    assertThat(after.dueAt(5_000_000_000L)).isEqualTo(778);
    assertThat(after.dueAt(6_000_000_000L)).isEqualTo(788);
  }

  @Test
  void anotherClockChangesNothingButTheFigures() {
    Schedule schedule = Schedule.of(new Rate(1000), Profile.parse("sine:period=3s"));
    Schedule shifted = schedule.shifted(1_000);
    assertThat(shifted.intendedNanos(5000)).isEqualTo(schedule.intendedNanos(5000) + 1_000);
    assertThat(shifted.dueAt(7_000_001_000L)).isEqualTo(schedule.dueAt(7_000_000_000L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-5", "fast", "", "1.5"})
  void whatIsNoRateIsRefusedWithWhatWouldBe(String text) {
    assertThatThrownBy(() -> Rate.parse(text))
        .hasMessage(
            "not a rate: '%s' (valid: 'max', or records/s above 0 such as 500, 50k, 277_778)",
            text);
  }

  private static Schedule constant(String rate) {
    return Schedule.of(Rate.parse(rate), Profile.CONSTANT);
  }
}
