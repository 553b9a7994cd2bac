// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.billion.sink.SinkException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What was sent before: a compacted topic with one record for each origin, its next offset. Such a
 * record is part of the transaction that sends the dead letters before it, so it is there if and
 * only if they are. Unlike a consumer group's offsets it never expires.
 */
final class Memory {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(200);

  private final ReplaySettings settings;
  private final TopicPartition partition;

  Memory(ReplaySettings settings) {
    this.settings = settings;
    this.partition = new TopicPartition(settings.memory(), 0);
  }

  /** What to send so that it is remembered. */
  ProducerRecord<byte[], byte[]> record(Origin origin, long next) {
    return new ProducerRecord<>(
        partition.topic(),
        partition.partition(),
        origin.key().getBytes(UTF_8),
        Long.toString(next).getBytes(UTF_8));
  }

  /**
   * Looks for the topics.
   *
   * @param create whether to make the one for this if it is not there
   * @throws SinkException if there are no brokers, or not the topic to send to
   */
  void prepare(boolean create) throws InterruptedException {
    try (Admin admin = Admin.create(config())) {
      Set<String> topics =
          admin.listTopics().names().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (!topics.contains(settings.topic())) {
        throw new SinkException(
            "no topic '%s' in Kafka at %s (valid: an existing topic)"
                .formatted(settings.topic(), settings.bootstrap()));
      }
      if (create && !topics.contains(partition.topic())) {
        create(admin);
      }
    } catch (TimeoutException | ExecutionException | KafkaException e) {
      throw unusable(e);
    }
  }

  /** The first offset of each origin that was not sent yet. */
  Map<Origin, Long> read() {
    Map<Origin, Long> next = new HashMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      if (consumer.partitionsFor(partition.topic()).isEmpty()) {
        return next;
      }
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        consumer
            .poll(POLL)
            .forEach(
                record ->
                    next.put(
                        Origin.parse(new String(record.key(), UTF_8)),
                        Long.parseLong(new String(record.value(), UTF_8))));
      }
      return next;
    } catch (KafkaException e) {
      throw unusable(e);
    }
  }

  private void create(Admin admin)
      throws InterruptedException, ExecutionException, TimeoutException {
    NewTopic topic =
        new NewTopic(partition.topic(), Optional.of(1), Optional.empty())
            .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
    try {
      admin.createTopics(List.of(topic)).all().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }

  private Map<String, Object> config() {
    Map<String, Object> config = new HashMap<>(settings.kafka());
    config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrap());
    config.putIfAbsent(
        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()));
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return config;
  }

  private SinkException unusable(Exception e) {
    Throwable why = e.getCause() == null ? e : e.getCause();
    return new SinkException(
        "cannot use Kafka at %s: %s (valid: the host:port of a running broker)"
            .formatted(settings.bootstrap(), why.getMessage()),
        e);
  }
}
