// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.drain;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A bare loop around {@link KafkaConsumer#poll} on each of two threads, each on every second
 * partition: what is left of a sink when nothing but Kafka's client remains.
 */
public final class Poll {

  private static final int THREADS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final String bootstrap;
  private final String topic;
  private final LongAdder records = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  private Poll(String bootstrap, String topic) {
    this.bootstrap = bootstrap;
    this.topic = topic;
  }

  /** Takes the broker's address and the topic. */
  public static void main(String[] arguments) throws Exception {
    Poll poll = new Poll(arguments[0], arguments[1]);
    try (ProgressLines progress = new ProgressLines(poll.records::sum)) {
      Threads.run(
          THREADS,
          thread ->
              () -> {
                poll.drain(thread);
                return null;
              });
    }
    System.out.printf("{\"events\":%d,\"bytes\":%d}%n", poll.records.sum(), poll.bytes.sum());
  }

  private void drain(int thread) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      int partitions = consumer.partitionsFor(topic).size();
      List<TopicPartition> mine =
          IntStream.range(0, partitions)
              .filter(partition -> partition % THREADS == thread)
              .mapToObj(partition -> new TopicPartition(topic, partition))
              .toList();
      consumer.assign(mine);
      consumer.seekToBeginning(mine);
      long left =
          consumer.endOffsets(mine).values().stream().mapToLong(Long::longValue).sum()
              - consumer.beginningOffsets(mine).values().stream().mapToLong(Long::longValue).sum();
      while (left > 0) {
        left -= count(consumer.poll(PATIENCE));
      }
    }
  }

  private int count(ConsumerRecords<byte[], byte[]> polled) {
    long size = 0;
    for (ConsumerRecord<byte[], byte[]> one : polled) {
      size += one.value().length;
    }
    bytes.add(size);
    records.add(polled.count());
    return polled.count();
  }

  /** With the fetches of {@link Tuned}. */
  private KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers", bootstrap,
            "enable.auto.commit", "false",
            "max.poll.records", "20000",
            "fetch.max.bytes", "1048576",
            "max.partition.fetch.bytes", "1048576"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
