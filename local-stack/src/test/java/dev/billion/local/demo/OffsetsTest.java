// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class OffsetsTest {

  private static final TopicPartition FIRST = new TopicPartition("t", 0);
  private static final TopicPartition SECOND = new TopicPartition("t", 1);

  @Test
  void aPartitionThatWasNeverCommittedLags() {
    Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    committed.put(FIRST, new OffsetAndMetadata(10));
    committed.put(SECOND, null);

    Offsets offsets = Offsets.of(Map.of(FIRST, 10L, SECOND, 5L), committed);

    assertThat(offsets).isEqualTo(new Offsets(15, 10, false));
    assertThat(offsets.lag()).isEqualTo(5);
  }

  @Test
  void anEmptyPartitionNeedsNoCommit() {
    Map<TopicPartition, OffsetAndMetadata> committed = Map.of(FIRST, new OffsetAndMetadata(10));
    assertThat(Offsets.of(Map.of(FIRST, 10L, SECOND, 0L), committed).drained()).isTrue();
  }
}
