// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.soak;

import dev.billion.local.Broker;
import dev.billion.local.LocalStackException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a {@code read_committed} reader finds in a topic. */
public final class CommittedRecords {

  private static final Duration POLL = Duration.ofMillis(200);

  private CommittedRecords() {}

  /**
   * Reads all values that are there now, once no transaction is open any more.
   *
   * @throws LocalStackException if one stays open for longer than the deadline
   */
  public static void read(Broker broker, String topic, Duration deadline, Consumer<byte[]> onValue)
      throws InterruptedException {
    Map<String, Object> config =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            broker.bootstrap(),
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed");
    long end = System.nanoTime() + deadline.toNanos();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      Map<TopicPartition, Long> ends = ends(broker, partitions);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (ends.entrySet().stream()
          .anyMatch(last -> consumer.position(last.getKey()) < last.getValue())) {
        if (System.nanoTime() > end) {
          throw new LocalStackException(
              "a transaction on %s is still open after %d s"
                  .formatted(topic, deadline.toSeconds()));
        }
        consumer.poll(POLL).forEach(record -> onValue.accept(record.value()));
      }
    }
  }

  /** Behind the last record of each partition, also of a transaction that is open. */
  private static Map<TopicPartition, Long> ends(Broker broker, List<TopicPartition> partitions)
      throws InterruptedException {
    try (Admin admin = broker.admin()) {
      return admin
          .listOffsets(
              partitions.stream()
                  .collect(Collectors.toMap(partition -> partition, all -> OffsetSpec.latest())),
              new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
          .all()
          .get()
          .entrySet()
          .stream()
          .collect(Collectors.toMap(Map.Entry::getKey, last -> last.getValue().offset()));
    } catch (ExecutionException e) {
      throw new LocalStackException(
          "cannot read offsets of %s: %s".formatted(partitions, e.getCause().getMessage()), e);
    }
  }
}
