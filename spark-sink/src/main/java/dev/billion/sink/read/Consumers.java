// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.read;

import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The consumers of a JVM that no task uses at the moment. A consumer knows the brokers and has read
 * ahead, so that the next batch begins with what is there. There are never more than tasks have run
 * at once. Safe for use by several threads.
 */
public final class Consumers {

  private static final Map<Map<String, String>, Consumers> SHARED = new ConcurrentHashMap<>();

  private final Map<String, Object> config;
  private final List<Consumer<byte[], byte[]>> idle = new ArrayList<>();

  private Consumers(Map<String, String> kafka) {
    config = config(kafka);
  }

  /**
   * Those with certain settings.
   *
   * @param kafka settings of the client by their Kafka names
   */
  public static Consumers shared(Map<String, String> kafka) {
    return SHARED.computeIfAbsent(Map.copyOf(kafka), Consumers::new);
  }

  /**
   * Reads ranges of several partitions, one of each.
   *
   * @param patience how long the brokers may give nothing, as in an outage
   * @param handler is told of each record that a committed transaction or none has written
   * @throws IllegalStateException if a partition has several
   * @throws org.apache.kafka.clients.consumer.OffsetOutOfRangeException if records are gone
   * @throws dev.billion.sink.SinkException if the brokers give nothing for too long
   */
  public void read(Collection<OffsetRange> ranges, Duration patience, RecordHandler handler)
      throws IOException {
    Map<TopicPartition, OffsetRange> byPartition =
        ranges.stream().collect(toMap(OffsetRange::topicPartition, range -> range));
    Consumer<byte[], byte[]> consumer = take(byPartition.keySet());
    boolean works = false;
    try {
      new RangeReader(consumer, byPartition, patience).read(handler);
      works = true;
    } finally {
      if (works) {
        giveBack(consumer);
      } else {
        consumer.close(Duration.ZERO);
      }
    }
  }

  /** One for the caller alone, if possible one that has these partitions already. */
  private Consumer<byte[], byte[]> take(Set<TopicPartition> partitions) {
    synchronized (idle) {
      for (int i = 0; i < idle.size(); i++) {
        if (idle.get(i).assignment().equals(partitions)) {
          return idle.remove(i);
        }
      }
      if (!idle.isEmpty()) {
        return idle.remove(0);
      }
    }
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private void giveBack(Consumer<byte[], byte[]> consumer) {
    synchronized (idle) {
      idle.add(consumer);
    }
  }

  /**
   * What people set goes over our defaults, what exactness rests on over both. A fetch of 120
   * partitions is bounded by the first two, and with them what is read ahead.
   */
  private static Map<String, Object> config(Map<String, String> kafka) {
    Map<String, Object> config = new HashMap<>();
    config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 16 << 20);
    config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1 << 20);
    config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000);
    config.putAll(kafka);
    config.remove(ConsumerConfig.GROUP_ID_CONFIG);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.CHECK_CRCS_CONFIG, true);
    return config;
  }
}
