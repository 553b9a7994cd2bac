// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import dev.billion.sink.read.OffsetRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/**
 * What Kafka has deleted. Only what lies before a partition's first offset is gone: other offsets
 * without a record are those of compaction, of aborted transactions and of transactions' ends.
 */
final class Retention {

  private Retention() {}

  /** Whether reading failed because of it. */
  static boolean isCauseOf(Throwable failure) {
    return Stream.iterate(failure, e -> e != null, Throwable::getCause)
        .anyMatch(OffsetOutOfRangeException.class::isInstance);
  }

  /** What is left of ranges whose partitions begin at certain offsets. */
  static List<OffsetRange> left(List<OffsetRange> ranges, Map<TopicPartition, Long> first) {
    List<OffsetRange> left = new ArrayList<>();
    for (OffsetRange range : ranges) {
      long from = Math.max(range.from(), first.get(range.topicPartition()));
      if (from < range.until()) {
        left.add(new OffsetRange(range.topic(), range.partition(), from, range.until()));
      }
    }
    return left;
  }

  /** What ranges have lost at their beginnings, or altogether. */
  static List<OffsetRange> gone(List<OffsetRange> ranges, List<OffsetRange> left) {
    Map<TopicPartition, Long> begin = new HashMap<>();
    left.forEach(range -> begin.put(range.topicPartition(), range.from()));
    return ranges.stream()
        .map(
            range ->
                new OffsetRange(
                    range.topic(),
                    range.partition(),
                    range.from(),
                    begin.getOrDefault(range.topicPartition(), range.until())))
        .filter(range -> range.from() < range.until())
        .toList();
  }
}
