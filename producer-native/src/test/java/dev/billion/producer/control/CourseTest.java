// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.producer.event.Awkward;
import dev.billion.producer.event.Keys;
import dev.billion.producer.event.Lateness;
import dev.billion.producer.event.SchemaMix;
import dev.billion.producer.event.Share;
import dev.billion.producer.pacing.Profile;
import dev.billion.producer.pacing.Rate;
import dev.billion.producer.pacing.Schedule;
import dev.billion.producer.run.Run;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CourseTest {

  private static final long START = 1_750_000_000_123_456_789L;
  private static final long SECOND = 1_000_000_000;

  private final Run run = new Run(0x0193a5c1f2aaL, -7, 64, 1_000_000, 277_778);
  private final Schedule schedule =
      new Schedule(
              Rate.parse("50k"),
              Profile.parse("sine:period=90s"),
              START,
              START + 5,
              1234,
              true,
              Optional.empty())
          .withRate(Rate.MAX, START + 6, 7)
          .withPaused(false, START + 8, 9);

  @Test
  void isReadBackAsItWasWritten() {
    Course course = new Course(run, schedule, Optional.of(START + SECOND), Course.Status.STOPPED);
    assertThat(CourseJson.read(CourseJson.write(course))).isEqualTo(course);
  }

  @Test
  void awkwardDataIsAgreedOnAndWhatAnEarlierReleaseWroteHasNone() {
    // Given
    Awkward awkward =
        new Awkward(
            new Lateness(Share.parse("1.5%"), Duration.ofMinutes(10)),
            Share.parse("0.01%"),
            Keys.USER,
            SchemaMix.parse("v1:80,v2:20"));
    Course course =
        new Course(
            new Run(7, 1, 64, 1000, 1000, awkward), schedule, Optional.empty(), Course.Status.OPEN);

    // When
    String json = new String(CourseJson.write(course), UTF_8);
    String earlier = json.replaceFirst("\"awkward\":\\{[^}]*},", "");

    // Then
    assertThat(CourseJson.read(json.getBytes(UTF_8))).isEqualTo(course);
    assertThat(earlier).isNotEqualTo(json);
    assertThat(CourseJson.read(earlier.getBytes(UTF_8)).run())
        .isEqualTo(new Run(7, 1, 64, 1000, 1000));
  }

  @Test
  void whatHasNoEndIsReadBackSo() {
    Run endless = new Run(1, 1, 4096, Run.UNBOUNDED, 1);
    Course course =
        new Course(
            endless,
            Schedule.of(Rate.MAX, Profile.CONSTANT).shifted(START),
            Optional.empty(),
            Course.Status.OPEN);
    assertThat(CourseJson.read(CourseJson.write(course))).isEqualTo(course);
    assertThat(course.target()).isEqualTo(Run.UNBOUNDED);
  }

  @Test
  void whatIsPausedBeforeItsEndMayHaveMoreToCome() {
    Schedule constant = Schedule.of(Rate.parse("1000"), Profile.CONSTANT).shifted(START);
    Schedule paused = constant.withPaused(true, START + 5 * SECOND, 0);
    Course course = new Course(run, paused, Optional.of(START + 10 * SECOND), Course.Status.OPEN);
    assertThat(course.target()).isEqualTo(5_001);
    assertThat(course.isHeld(START + 9 * SECOND)).isTrue();
    assertThat(course.isHeld(START + 10 * SECOND)).isFalse();
    assertThat(course.with(constant).isHeld(START + 9 * SECOND)).isFalse();
  }

  @Test
  void anEndInTimeCountsWhatIsDueByThen() {
    Schedule constant = Schedule.of(Rate.parse("1000"), Profile.CONSTANT).shifted(START);
    Course course = new Course(run, constant, Optional.of(START + 10 * SECOND), Course.Status.OPEN);
    assertThat(course.target()).isEqualTo(10_000);
    Schedule faster = constant.withRate(Rate.parse("2000"), START + 5 * SECOND, 0);
    assertThat(course.with(faster).target()).isEqualTo(15_001);
  }

  @Test
  void sequencesReachACountWhenEveryShardDoes() {
    Run small = new Run(1, 1, 4, 10, 1);
    assertThat(new Sequences(new long[] {3, 3, 2, 2}).reach(small, 10)).isTrue();
    assertThat(new Sequences(new long[] {3, 2, 2, 2}).reach(small, 10)).isFalse();
    assertThat(new Sequences(new long[] {3, 3, 2, 2}).sum()).isEqualTo(10);
  }
}
