// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import dev.billion.sink.SinkException;
import dev.billion.sink.read.OffsetRange;
import dev.billion.sink.table.SinkTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the events table is in the topic. A batch begins where the table ends, whatever
 * checkpoint and plan say, so that no offset is left out and none comes twice. For one thread.
 */
final class TableOffsets {

  private final SinkTable events;
  private final OffsetVersions versions;
  private final Map<TopicPartition, Long> next;
  private long version;

  TableOffsets(SinkTable events, String appId, String topic) {
    Map<String, Long> committed = events.versions();
    this.events = events;
    this.versions = new OffsetVersions(appId, topic);
    this.next = new HashMap<>(versions.in(committed).byPartition());
    this.version = committed.getOrDefault(appId, -1L);
  }

  /** The version of the commit that set the offsets, -1 if there was none. */
  long version() {
    return version;
  }

  /** The offsets of the next records; empty if the table does not know of any. */
  KafkaOffsets next() {
    return new KafkaOffsets(next);
  }

  /**
   * What a batch has to read. A partition that the table does not know came later, so all of it is
   * due; but a table that knows none begins where the plan does.
   *
   * @param planned what Spark would read
   * @param end where the batch ends in every partition
   * @throws SinkException if the batch ends before the table does
   */
  List<OffsetRange> due(List<OffsetRange> planned, KafkaOffsets end) {
    next.forEach((partition, from) -> requireNotBefore(partition, from, end));
    Map<TopicPartition, Long> begin = new HashMap<>(next);
    if (next.isEmpty()) {
      begin.putAll(end.byPartition());
      planned.forEach(range -> begin.put(range.topicPartition(), range.from()));
    }
    List<OffsetRange> due = new ArrayList<>();
    end.byPartition()
        .forEach(
            (partition, until) -> {
              long from = begin.getOrDefault(partition, 0L);
              if (from < until) {
                due.add(new OffsetRange(partition.topic(), partition.partition(), from, until));
              }
            });
    return due;
  }

  /** What a commit that ends there has to set, beside its own version. */
  Map<String, Long> versions(KafkaOffsets end) {
    Map<TopicPartition, Long> moved = new HashMap<>(end.byPartition());
    moved.entrySet().removeAll(next.entrySet());
    return versions.of(new KafkaOffsets(moved));
  }

  /** Says that a commit has brought the table there. */
  void advance(KafkaOffsets end, long committed) {
    next.putAll(end.byPartition());
    version = committed;
  }

  private void requireNotBefore(TopicPartition partition, long from, KafkaOffsets end) {
    Long until = end.byPartition().get(partition);
    if (until == null || until < from) {
      throw new SinkException(
          "table %s has %s up to offset %d, the batch %s (valid: the topic and checkpoint that belong to the table; a topic made anew needs a new table and checkpoint)"
              .formatted(events, partition, from, until == null ? "lacks it" : "ends at " + until));
    }
  }
}
