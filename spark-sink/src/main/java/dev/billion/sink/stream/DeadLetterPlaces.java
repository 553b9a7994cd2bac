// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import static java.util.stream.Collectors.toMap;

import dev.billion.sink.read.OffsetRange;
import dev.billion.sink.table.LoggedFile;
import dev.billion.sink.table.SinkTable;
import java.io.Serializable;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** Those in some ranges. Files that have none are not read. */
  static DeadLetterPlaces of(SinkTable deadLetters, List<OffsetRange> ranges, boolean complete) {
    Map<TopicPartition, OffsetRange> wanted =
        ranges.stream().collect(toMap(OffsetRange::topicPartition, range -> range));
    Map<TopicPartition, Set<Long>> offsets = new HashMap<>();
    Iterator<Row> rows =
        deadLetters
            .columns(file -> mayHave(file, ranges), "topic", "partition", "offset")
            .toLocalIterator();
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

  /** By the statistics of the log: the table has the files of all batches, most of them tiny. */
  private static boolean mayHave(LoggedFile file, List<OffsetRange> ranges) {
    Optional<LoggedFile.Numbers> partitions = file.numbers("partition");
    Optional<LoggedFile.Numbers> there = file.numbers("offset");
    return partitions.isEmpty()
        || there.isEmpty()
        || ranges.stream()
            .anyMatch(
                range ->
                    partitions.get().min() <= range.partition()
                        && range.partition() <= partitions.get().max()
                        && there.get().min() < range.until()
                        && range.from() <= there.get().max());
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
