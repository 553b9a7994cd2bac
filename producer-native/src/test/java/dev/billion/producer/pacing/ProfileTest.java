// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileTest {

  private static final int STEPS = 200_000;

  static List<Profile> profiles() {
    Random random = new Random(1);
    List<Profile> profiles = new ArrayList<>(List.of(Profile.CONSTANT));
    for (int i = 0; i < 20; i++) {
      double length = 0.1 + 100 * random.nextDouble();
      profiles.add(new Ramp(length, 3 * random.nextDouble()));
      profiles.add(new Sine(length, random.nextDouble()));
      profiles.add(
          new Spikes(
              length, length * (0.01 + 0.9 * random.nextDouble()), 20 * random.nextDouble()));
    }
    profiles.add(new Ramp(5, 0));
    profiles.add(new Sine(5, 1));
    return profiles;
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void theAreaIsTheIntegralOfTheFactor(Profile profile) {
    double end = 250;
    double step = end / STEPS;
    double sum = 0;
    double most = 0;
    for (int i = 0; i < STEPS; i++) {
      double factor = profile.factor((i + 0.5) * step);
      sum += factor * step;
      most = Math.max(most, factor);
    }
    // the middle of a step is wrong by a jump's height at most, twice a period of 0.1 s or more
    assertThat(profile.area(end)).isEqualTo(sum, within(most * step * 2 * end / 0.1 / 10 + 1e-6));
    assertThat(profile.area(0)).isZero();
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void theTimeOfAnAreaIsItsInverse(Profile profile) {
    Random random = new Random(2);
    for (int i = 0; i < 1000; i++) {
      double area = Math.exp(20 * random.nextDouble() - 8);
      assertThat(profile.area(profile.secondsTo(area))).isEqualTo(area, within(area * 1e-9));
    }
    assertThat(profile.secondsTo(0)).isZero();
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void theScheduleSendsAsManyRecordsAsTheAreaSays(Profile profile) {
    // Given
    double rate = 997;
    Schedule schedule = Schedule.of(new Rate(rate), profile);

    // When
    long end = 30_000_000_000L;
    long due = schedule.dueAt(end);

    // Then
    assertThat(due).isEqualTo((long) (rate * profile.area(30)) + 1);
    assertThat(schedule.intendedNanos(due - 1)).isLessThanOrEqualTo(end + 1);
    assertThat(schedule.intendedNanos(due)).isGreaterThanOrEqualTo(end);
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void itsTextIsReadBackAsItself(Profile profile) {
    assertThat(Profile.parse(profile.toString())).isEqualTo(profile);
  }

  @Test
  void peopleWriteTimesAsTheyDo() {
    assertThat(Profile.parse("ramp:over=5m")).isEqualTo(new Ramp(300, 0));
    assertThat(Profile.parse("sine:period=24h,amplitude=0.9")).isEqualTo(new Sine(86_400, 0.9));
    assertThat(Profile.parse("spikes:every=1m,for=500ms")).isEqualTo(new Spikes(60, 0.5, 10));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "square",
        "ramp:slope=3",
        "sine:period",
        "sine:amplitude=high",
        "spikes:factor=Infinity",
        "spikes:every=Infinitys"
      })
  void whatIsNoProfileIsRefusedWithWhatWouldBe(String text) {
    assertThatThrownBy(() -> Profile.parse(text))
        .hasMessageStartingWith("not a profile: '%s' (valid: constant, ramp:", text);
  }

  @Test
  void whatIsOutOfItsRangeIsNamed() {
    assertThatThrownBy(() -> Profile.parse("sine:amplitude=2"))
        .hasMessage("must be 0 to 1: sine amplitude=2.0");
    assertThatThrownBy(() -> Profile.parse("spikes:every=5s,for=5s"))
        .hasMessage("must be above 0, below every: spikes for=5.0");
  }
}
