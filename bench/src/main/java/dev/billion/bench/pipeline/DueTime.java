// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.pipeline;

import dev.billion.local.LocalStackException;
import dev.billion.schemas.UserEvent;
import dev.billion.schemas.WireFormat;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * When the records of a paced run were due. Their event time runs at the rate of sending too, but
 * from the emitter's start, some checks before its schedule begins. The least time from an event's
 * to its record's timestamp, of the last records of each partition, is how much later that is.
 */
public final class DueTime {

  private static final long RECORDS = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private DueTime() {}

  /**
   * How long after its event time a record was due, to 1 ms or so.
   *
   * @throws LocalStackException if the topic cannot be read
   */
  public static Duration afterEventTime(String bootstrap, String topic) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", bootstrap, "enable.auto.commit", "false");
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings, bytes, bytes)) {
      long left = seekToLast(consumer, topic);
      long least = Long.MAX_VALUE;
      while (left > 0) {
        int polled = 0;
        for (ConsumerRecord<byte[], byte[]> one : consumer.poll(PATIENCE)) {
          least = Math.min(least, one.timestamp() - eventMillis(one.value()));
          polled++;
        }
        if (polled == 0) {
          throw new LocalStackException("cannot read the last records of " + topic);
        }
        left -= polled;
      }
      return Duration.ofMillis(least);
    } catch (IOException e) {
      throw new LocalStackException("not an event in " + topic, e);
    }
  }

  private static long seekToLast(KafkaConsumer<byte[], byte[]> consumer, String topic) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
    consumer.assign(partitions);
    long left = 0;
    for (Map.Entry<TopicPartition, Long> end : consumer.endOffsets(partitions).entrySet()) {
      long first = Math.max(0, end.getValue() - RECORDS);
      consumer.seek(end.getKey(), first);
      left += end.getValue() - first;
    }
    return left;
  }

  private static long eventMillis(byte[] value) throws IOException {
    int header = WireFormat.HEADER_BYTES;
    UserEvent event =
        new SpecificDatumReader<>(UserEvent.class)
            .read(
                null,
                DecoderFactory.get().binaryDecoder(value, header, value.length - header, null));
    return event.getEventTime().toEpochMilli();
  }
}
