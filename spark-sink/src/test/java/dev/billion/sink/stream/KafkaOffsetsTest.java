// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class KafkaOffsetsTest {

  @Test
  void everyPartitionIsTakenAlsoAnEmptyOne() {
    KafkaOffsets offsets = KafkaOffsets.parse("{\"t\":{\"0\":42,\"1\":0}}");

    assertThat(offsets.forGroup())
        .isEqualTo(
            Map.of(
                new TopicPartition("t", 0), new OffsetAndMetadata(42),
                new TopicPartition("t", 1), new OffsetAndMetadata(0)));
  }

  @Test
  void theDistanceToTheEndIsTheSumOverPartitions() {
    KafkaOffsets offsets = KafkaOffsets.parse("{\"t\":{\"0\":42,\"1\":5}}");

    assertThat(offsets.behind(KafkaOffsets.parse("{\"t\":{\"0\":50,\"1\":5,\"2\":7}}")))
        .isEqualTo(15);
  }

  @Test
  void partitionsWithoutAnOffsetBeginAtTheFirst() {
    KafkaOffsets offsets = KafkaOffsets.parse("{\"t\":{\"0\":42}}");

    KafkaOffsets all =
        offsets.orEarliest(List.of(new TopicPartition("t", 0), new TopicPartition("t", 1)));

    assertThat(KafkaOffsets.parse(all.tree().toString()))
        .isEqualTo(KafkaOffsets.parse("{\"t\":{\"0\":42,\"1\":-2}}"));
  }

  @Test
  void whatIsNotOffsetsIsRefused() {
    assertThatThrownBy(() -> KafkaOffsets.parse("-")).isInstanceOf(IllegalArgumentException.class);
  }
}
