// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.demo;

import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a topic and the group that reads it have come, summed over the partitions.
 *
 * @param end offsets that exist
 * @param committed offsets that the group has committed
 * @param drained whether the group has committed the end of every partition
 */
public record Offsets(long end, long committed, boolean drained) {

  static final Offsets NONE = new Offsets(0, 0, false);

  static Offsets of(
      Map<TopicPartition, Long> ends, Map<TopicPartition, OffsetAndMetadata> committed) {
    long end = 0;
    long done = 0;
    boolean drained = true;
    for (Map.Entry<TopicPartition, Long> partition : ends.entrySet()) {
      OffsetAndMetadata position = committed.get(partition.getKey());
      long offset = position == null ? 0 : position.offset();
      end += partition.getValue();
      done += offset;
      drained &= offset >= partition.getValue();
    }
    return new Offsets(end, done, drained);
  }

  long lag() {
    return Math.max(0, end - committed);
  }
}
