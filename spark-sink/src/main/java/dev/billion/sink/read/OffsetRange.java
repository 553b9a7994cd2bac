// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.read;

import java.io.Serializable;
import org.apache.kafka.common.TopicPartition;

/**
 * A piece of a partition.
 *
 * @param from the first offset
 * @param until the offset after the last
 */
public record OffsetRange(String topic, int partition, long from, long until)
    implements Serializable {

  public TopicPartition topicPartition() {
    return new TopicPartition(topic, partition);
  }

  @Override
  public String toString() {
    return "%s-%d from offset %d to %d".formatted(topic, partition, from, until);
  }
}
