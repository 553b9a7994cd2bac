// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import dev.billion.sink.read.OffsetRange;
import dev.billion.sink.table.SinkTable;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table of offsets that were gone from Kafka before they were read. A repeated batch, which may
 * find more gone than it did at first, adds only what the table lacks.
 */
final class Gaps {

  private static final Logger LOG = LoggerFactory.getLogger(Gaps.class);

  private final SinkTable table;

  Gaps(SinkTable table) {
    this.table = table;
  }

  /**
   * Records what a batch has lost.
   *
   * @param gone what is gone, each at the beginning of the batch's range
   * @param batch the version of the batch's commits
   */
  void record(List<OffsetRange> gone, long batch, Instant found) {
    if (gone.isEmpty()) {
      return;
    }
    table.createIfAbsent();
    Map<TopicPartition, Long> recorded = recorded(batch);
    List<Row> rows =
        gone.stream()
            .map(range -> after(range, recorded.getOrDefault(range.topicPartition(), 0L)))
            .filter(range -> range.from() < range.until())
            .peek(range -> LOG.warn("gone from Kafka before it was read: {}", range))
            .map(range -> row(range, batch, found))
            .toList();
    if (!rows.isEmpty()) {
      table.add(rows);
    }
  }

  private Map<TopicPartition, Long> recorded(long batch) {
    Map<TopicPartition, Long> until = new HashMap<>();
    for (Row row :
        table
            .rows()
            .where("batch = " + batch)
            .select("topic", "partition", "until_offset")
            .collectAsList()) {
      until.merge(new TopicPartition(row.getString(0), row.getInt(1)), row.getLong(2), Math::max);
    }
    return until;
  }

  private static OffsetRange after(OffsetRange range, long offset) {
    return new OffsetRange(
        range.topic(), range.partition(), Math.max(range.from(), offset), range.until());
  }

  private static Row row(OffsetRange range, long batch, Instant found) {
    return RowFactory.create(
        range.topic(),
        range.partition(),
        range.from(),
        range.until(),
        Timestamp.from(found),
        batch);
  }
}
