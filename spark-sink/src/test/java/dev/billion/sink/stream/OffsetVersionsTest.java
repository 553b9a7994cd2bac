// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class OffsetVersionsTest {

  private final OffsetVersions versions = new OffsetVersions("app", "a-b");

  @Test
  void eachPartitionIsAnApplication() {
    KafkaOffsets offsets =
        new KafkaOffsets(
            Map.of(new TopicPartition("a-b", 0), 5L, new TopicPartition("a-b", 119), 0L));

    assertThat(versions.of(offsets)).isEqualTo(Map.of("app/a-b-0", 5L, "app/a-b-119", 0L));
    assertThat(versions.in(versions.of(offsets))).isEqualTo(offsets);
  }

  @Test
  void othersAreNotMistakenForThem() {
    assertThat(
            versions.in(
                Map.of(
                    "app", 9L, "app/a-b-1-2", 1L, "app/a-2", 2L, "ap/a-b-3", 3L, "app/a-b-", 4L)))
        .isEqualTo(KafkaOffsets.NONE);
  }
}
