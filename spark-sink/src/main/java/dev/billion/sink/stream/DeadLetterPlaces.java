// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import dev.billion.sink.read.OffsetRange;
import dev.billion.sink.table.SinkTable;
import java.io.Serializable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.spark.sql.Row;

/**
 * Where dead letters came from that a table has.
 *
 * @param offsets by topic and partition
 */
record DeadLetterPlaces(Map<String, Set<Long>> offsets) implements Serializable {

  /** Those in some ranges. */
  static DeadLetterPlaces of(SinkTable deadLetters, List<OffsetRange> ranges) {
    Map<String, OffsetRange> wanted = new HashMap<>();
    ranges.forEach(range -> wanted.put(key(range.topic(), range.partition()), range));
    Map<String, Set<Long>> offsets = new HashMap<>();
    for (Row row : deadLetters.columns("topic", "partition", "offset").collectAsList()) {
      String key = key(row.getString(0), row.getInt(1));
      OffsetRange range = wanted.get(key);
      if (range != null && range.from() <= row.getLong(2) && row.getLong(2) < range.until()) {
        offsets.computeIfAbsent(key, k -> new HashSet<>()).add(row.getLong(2));
      }
    }
    return new DeadLetterPlaces(offsets);
  }

  boolean contains(ConsumerRecord<?, ?> record) {
    Set<Long> there = offsets.get(key(record.topic(), record.partition()));
    return there != null && there.contains(record.offset());
  }

  private static String key(String topic, int partition) {
    return topic + "-" + partition;
  }
}
