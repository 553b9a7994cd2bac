// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.sink.testing.HandClock;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LagTest {

  private static final TopicPartition ZERO = new TopicPartition("topic", 0);
  private static final TopicPartition ONE = new TopicPartition("topic", 1);

  private final HandClock clock = new HandClock();
  private final Lag lag = new Lag(clock);

  @Test
  void nothingIsKnownBeforeTheBrokersHaveSaid() {
    lag.next(Map.of(ZERO, 5L));

    assertThat(lag.byPartition()).isEmpty();
    assertThat(lag.records()).isNaN();
    assertThat(lag.seconds()).isNaN();
  }

  @Test
  void whatIsNotCommittedIsCountedByPartition() {
    lag.next(Map.of(ZERO, 5L));
    lag.ends(Map.of(ZERO, 12L, ONE, 3L));

    assertThat(lag.byPartition()).isEqualTo(Map.of(0, 7L, 1, 3L));
    assertThat(lag.records()).isEqualTo(10);
  }

  @Test
  void recordsThatWereGoneBeforeTheSinkBeganAreNoLag() {
    lag.next(Map.of(ZERO, 15L));
    lag.begins(Map.of(ZERO, 10L, ONE, 10L));
    lag.ends(Map.of(ZERO, 20L, ONE, 12L));

    assertThat(lag.byPartition()).isEqualTo(Map.of(0, 5L, 1, 2L));
  }

  @Test
  void aPositionBeyondTheLastLookIsNoLag() {
    lag.ends(Map.of(ZERO, 12L));
    lag.next(Map.of(ZERO, 20L));

    assertThat(lag.byPartition()).isEqualTo(Map.of(0, 0L));
    assertThat(lag.seconds()).isZero();
  }

  @Test
  void itIsUnknownAgainWhileTheBrokersDoNotSay() {
    lag.next(Map.of(ZERO, 5L));
    lag.ends(Map.of(ZERO, 5L));
    lag.ends(Map.of());

    assertThat(lag.records()).isNaN();
    assertThat(lag.seconds()).isNaN();
  }

  @Test
  void whileRecordsWaitItIsAsOldAsTheNewestCommittedOne() {
    lag.next(Map.of(ZERO, 5L));
    lag.committed(clock.millis() - 90_000);
    lag.ends(Map.of(ZERO, 12L));
    assertThat(lag.seconds()).isEqualTo(90);

    clock.advance(Duration.ofSeconds(5));
    assertThat(lag.seconds()).isEqualTo(95);
  }

  @Test
  void aQuietTopicIsNotBehindByItsSilence() {
    lag.committed(clock.millis() - 3_600_000);
    lag.next(Map.of(ZERO, 5L));
    lag.ends(Map.of(ZERO, 5L));
    assertThat(lag.seconds()).isZero();

    clock.advance(Duration.ofSeconds(5));
    lag.ends(Map.of(ZERO, 6L));
    assertThat(lag.seconds()).isEqualTo(5);
  }

  @Test
  void beforeAnythingWasCommittedItsAgeIsUnknown() {
    lag.ends(Map.of(ZERO, 6L));

    assertThat(lag.records()).isEqualTo(6);
    assertThat(lag.seconds()).isNaN();
  }
}
