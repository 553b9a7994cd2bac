// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import static java.util.stream.Collectors.toMap;

import dev.billion.sink.read.OffsetRange;
import dev.billion.sink.table.SinkTable;
import java.io.Serializable;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.spark.sql.Row;

/**
 * Where dead letters came from that a table has.
 *
 * @param offsets by topic and partition
 * @param complete whether the batch that asks has committed its dead letters: it has no others
 */
record DeadLetterPlaces(Map<TopicPartition, Set<Long>> offsets, boolean complete)
    implements Serializable {

  /** Those in some ranges. */
  static DeadLetterPlaces of(SinkTable deadLetters, List<OffsetRange> ranges, boolean complete) {
    Map<TopicPartition, OffsetRange> wanted =
        ranges.stream().collect(toMap(OffsetRange::topicPartition, range -> range));
    Map<TopicPartition, Set<Long>> offsets = new HashMap<>();
    Iterator<Row> rows = deadLetters.columns("topic", "partition", "offset").toLocalIterator();
    while (rows.hasNext()) {
      Row row = rows.next();
      TopicPartition partition = new TopicPartition(row.getString(0), row.getInt(1));
      OffsetRange range = wanted.get(partition);
      if (range != null && range.from() <= row.getLong(2) && row.getLong(2) < range.until()) {
        offsets.computeIfAbsent(partition, p -> new HashSet<>()).add(row.getLong(2));
      }
    }
    return new DeadLetterPlaces(offsets, complete);
  }

  boolean contains(ConsumerRecord<?, ?> record) {
    Set<Long> there = offsets.get(new TopicPartition(record.topic(), record.partition()));
    return there != null && there.contains(record.offset());
  }

  /** The offset after the last, for each partition that has some. */
  KafkaOffsets until() {
    Map<TopicPartition, Long> until = new HashMap<>();
    offsets.forEach((partition, there) -> until.put(partition, Collections.max(there) + 1));
    return new KafkaOffsets(until);
  }
}
