// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.sink.read.OffsetRange;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RetentionTest {

  private static final List<OffsetRange> RANGES =
      List.of(range(0, 10, 20), range(1, 10, 20), range(2, 10, 20), range(3, 10, 20));

  @Test
  void whatIsBeforeTheFirstOffsetIsGoneAndNothingElse() {
    List<OffsetRange> left =
        Retention.left(
            RANGES,
            Map.of(partition(0), 0L, partition(1), 10L, partition(2), 15L, partition(3), 99L));

    assertThat(left).containsExactly(range(0, 10, 20), range(1, 10, 20), range(2, 15, 20));
    assertThat(Retention.gone(RANGES, left)).containsExactly(range(2, 10, 15), range(3, 10, 20));
    assertThat(Retention.gone(RANGES, RANGES)).isEmpty();
  }

  @Test
  void onlyAnOffsetOutOfRangeIsItsDoing() {
    Exception gone = new OffsetOutOfRangeException(Map.of(partition(0), 1L));

    assertThat(Retention.isCauseOf(new RuntimeException(new RuntimeException(gone)))).isTrue();
    assertThat(Retention.isCauseOf(new RuntimeException("offset out of range"))).isFalse();
  }

  private static OffsetRange range(int partition, long from, long until) {
    return new OffsetRange("t", partition, from, until);
  }

  private static TopicPartition partition(int number) {
    return new TopicPartition("t", number);
  }
}
