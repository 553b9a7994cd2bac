// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.read;

import dev.billion.sink.SinkException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** Reads ranges of several partitions with one consumer, as they come. For one thread. */
final class RangeReader {

  private static final Duration POLL = Duration.ofMillis(200);

  private final Consumer<byte[], byte[]> consumer;
  private final Duration patience;
  private final Map<TopicPartition, OffsetRange> left;

  /**
   * @param consumer is given its partitions here, and may have read ahead of an earlier range
   * @param ranges what to read
   * @param patience how long the brokers may give nothing, as in an outage
   */
  RangeReader(
      Consumer<byte[], byte[]> consumer,
      Map<TopicPartition, OffsetRange> ranges,
      Duration patience) {
    this.consumer = consumer;
    this.left = new HashMap<>(ranges);
    this.patience = patience;
  }

  /**
   * Reads every record of the ranges that a committed transaction or none has written.
   *
   * @throws org.apache.kafka.clients.consumer.OffsetOutOfRangeException if records of them are gone
   * @throws SinkException if the brokers give nothing for too long
   */
  void read(RecordHandler handler) throws IOException {
    begin();
    long end = deadline();
    while (!left.isEmpty()) {
      int before = left.size();
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      for (TopicPartition partition : records.partitions()) {
        read(left.get(partition), records.records(partition), handler);
      }
      // offsets of transactions' ends and of aborted records are passed without a record
      left.values().removeIf(this::isRead);
      if (left.size() < before || !records.isEmpty()) {
        end = deadline();
      } else if (System.nanoTime() > end) {
        throw new SinkException(
            "no records from Kafka within %d s: %s (valid: brokers that have them; a topic made anew needs a new table and checkpoint)"
                .formatted(patience.toSeconds(), left.values().iterator().next()));
      }
    }
  }

  private void begin() {
    if (!consumer.assignment().equals(left.keySet())) {
      consumer.assign(left.keySet());
    }
    consumer.resume(left.keySet());
    left.forEach((partition, range) -> consumer.seek(partition, range.from()));
    left.values().removeIf(this::isRead);
  }

  private static void read(
      OffsetRange range, List<ConsumerRecord<byte[], byte[]>> records, RecordHandler handler)
      throws IOException {
    if (range == null) {
      return; // read to its end already: this was fetched ahead of the pause
    }
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (record.offset() >= range.until()) {
        return;
      }
      handler.handle(record);
    }
  }

  private boolean isRead(OffsetRange range) {
    boolean read = consumer.position(range.topicPartition()) >= range.until();
    if (read) {
      consumer.pause(List.of(range.topicPartition()));
    }
    return read;
  }

  private long deadline() {
    return System.nanoTime() + patience.toNanos();
  }
}
