// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import static java.util.stream.Collectors.toMap;

import dev.billion.sink.SinkException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The Kafka cluster as its administration sees it. Safe for use by several threads. */
final class Brokers implements AutoCloseable {

  private static final Duration REQUEST = Duration.ofSeconds(10);

  private final String bootstrap;
  private final Admin admin;

  /**
   * @throws SinkException if the addresses or settings cannot be used
   */
  Brokers(SinkSettings settings) {
    bootstrap = settings.bootstrap();
    Map<String, Object> config = new HashMap<>(settings.kafka());
    config.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    config.putIfAbsent(
        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(REQUEST.toMillis()));
    config.putIfAbsent(
        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(REQUEST.toMillis()));
    try {
      admin = Admin.create(config);
    } catch (KafkaException e) {
      Throwable why = e.getCause() == null ? e : e.getCause();
      throw new SinkException(
          "cannot use Kafka brokers %s: %s (valid: host:port[,host:port...])"
              .formatted(bootstrap, why.getMessage()),
          e);
    }
  }

  /**
   * Waits for the brokers to answer and the topic to be there.
   *
   * @throws SinkException if that takes longer than {@code deadline}
   */
  void awaitTopic(String topic, Duration deadline) throws InterruptedException {
    long end = System.nanoTime() + deadline.toNanos();
    while (true) {
      long left = Math.max(1, end - System.nanoTime());
      try {
        admin.describeTopics(List.of(topic)).allTopicNames().get(left, TimeUnit.NANOSECONDS);
        return;
      } catch (TimeoutException e) {
        throw unreachable(deadline, "no answer", e);
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof RetriableException)) {
          throw new SinkException(
              "Kafka at %s refused to describe topic '%s': %s"
                  .formatted(bootstrap, topic, e.getCause().getMessage()),
              e);
        }
        if (System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500) > end) {
          throw e.getCause() instanceof UnknownTopicOrPartitionException
              ? new SinkException(
                  "no topic '%s' in Kafka at %s after %d s (valid: an existing topic)"
                      .formatted(topic, bootstrap, deadline.toSeconds()),
                  e)
              : unreachable(deadline, e.getCause().getMessage(), e);
        }
        TimeUnit.MILLISECONDS.sleep(500);
      }
    }
  }

  /** The partitions of a topic. */
  List<TopicPartition> partitions(String topic) throws InterruptedException {
    return ask(admin.describeTopics(List.of(topic)).allTopicNames())
        .get(topic)
        .partitions()
        .stream()
        .map(partition -> new TopicPartition(topic, partition.partition()))
        .toList();
  }

  /** The first offset that each partition still has. */
  Map<TopicPartition, Long> firstOffsets(Collection<TopicPartition> partitions)
      throws InterruptedException {
    Map<TopicPartition, OffsetSpec> earliest =
        partitions.stream().collect(toMap(p -> p, p -> OffsetSpec.earliest()));
    return ask(admin.listOffsets(earliest).all()).entrySet().stream()
        .collect(toMap(Map.Entry::getKey, offset -> offset.getValue().offset()));
  }

  /**
   * An offset of each of a topic's partitions, as readers of committed records see it.
   *
   * @throws ExecutionException if the brokers do not say
   */
  Map<TopicPartition, Long> offsets(String topic, OffsetSpec which)
      throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
    admin
        .describeTopics(List.of(topic))
        .allTopicNames()
        .get()
        .get(topic)
        .partitions()
        .forEach(info -> partitions.put(new TopicPartition(topic, info.partition()), which));
    Map<TopicPartition, Long> offsets = new HashMap<>();
    admin
        .listOffsets(partitions, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
        .all()
        .get()
        .forEach((partition, info) -> offsets.put(partition, info.offset()));
    return offsets;
  }

  /** Sets the group's offsets, which only a group without members allows. */
  void commit(String group, KafkaOffsets offsets) throws InterruptedException, ExecutionException {
    KafkaFuture<Void> done = admin.alterConsumerGroupOffsets(group, offsets.forGroup()).all();
    done.get();
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }

  private <T> T ask(KafkaFuture<T> answer) throws InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw new SinkException(
          "Kafka at %s does not answer: %s".formatted(bootstrap, e.getCause().getMessage()), e);
    }
  }

  private SinkException unreachable(Duration deadline, String why, Exception cause) {
    return new SinkException(
        "Kafka not reachable at %s within %d s: %s (valid: the host:port of a running broker)"
            .formatted(bootstrap, deadline.toSeconds(), why),
        cause);
  }
}
