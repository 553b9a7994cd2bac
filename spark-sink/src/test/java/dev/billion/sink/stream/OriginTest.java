// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billion.sink.read.OffsetRange;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class OriginTest {

  private static final Origin ORIGIN =
      new Origin(
          7,
          new KafkaOffsets(Map.of(partition(0), 42L, partition(1), 0L)),
          new KafkaOffsets(Map.of(partition(0), 50L)));

  @Test
  void itIsKeptAsJson() {
    assertThat(Origin.parse(ORIGIN.json())).isEqualTo(ORIGIN);
    assertThat(Origin.parse(Origin.NEW.json())).isEqualTo(Origin.NEW);
    assertThatThrownBy(() -> Origin.parse("{}")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Origin.parse("-")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void batchesFollowTheTablesLast() {
    assertThat(ORIGIN.version(0)).isEqualTo(7);
    assertThat(Origin.NEW.version(3)).isEqualTo(3);
  }

  @Test
  void deadLettersMayOnlyHaveBeenBeforeTheirLast() {
    assertThat(ORIGIN.mayHaveDeadLetters(List.of(new OffsetRange("t", 0, 49, 60)))).isTrue();
    assertThat(ORIGIN.mayHaveDeadLetters(List.of(new OffsetRange("t", 0, 50, 60)))).isFalse();
    assertThat(ORIGIN.mayHaveDeadLetters(List.of(new OffsetRange("t", 1, 0, 60)))).isFalse();
  }

  private static TopicPartition partition(int number) {
    return new TopicPartition("t", number);
  }
}
