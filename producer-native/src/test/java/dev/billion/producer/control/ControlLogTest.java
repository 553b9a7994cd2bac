// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.producer.pacing.Profile;
import dev.billion.producer.pacing.Rate;
import dev.billion.producer.pacing.Schedule;
import dev.billion.producer.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class ControlLogTest {

  private static final Course COURSE =
      new Course(
          new Run(7, 1, 64, 1000, 1000),
          Schedule.of(Rate.parse("50k"), Profile.parse("constant")),
          Optional.empty(),
          Course.Status.OPEN);

  private final List<String> told = new ArrayList<>();
  private final ControlLog log = new ControlLog(Map.of(), "events", told::add);

  @Test
  void theLastCourseCountsAndWhatIsNoneIsToldOnce() {
    // Given
    Course done = COURSE.with(Course.Status.DONE);
    List<ConsumerRecord<String, byte[]>> records =
        List.of(
            record(3, CourseJson.write(COURSE)),
            record(4, new byte[] {1}),
            record(5, CourseJson.write(done)),
            record(6, null));

    // Then
    assertThat(log.last(records)).contains(done);
    assertThat(log.last(records)).contains(done);
    assertThat(told)
        .containsExactly(
            "left out: the record at offset 4 of topic 'events-control' is not a fleet's course",
            "left out: the record at offset 6 of topic 'events-control' is not a fleet's course");
  }

  @Test
  void recordsOfWhichNoneIsACourseHaveNone() {
    assertThat(log.last(List.of(record(0, new byte[0])))).isEmpty();
  }

  private static ConsumerRecord<String, byte[]> record(long offset, byte[] value) {
    return new ConsumerRecord<>("events-control", 0, offset, "course", value);
  }
}
