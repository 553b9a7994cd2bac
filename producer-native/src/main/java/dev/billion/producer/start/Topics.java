// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.start;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * What the broker must say of the topics before the first record.
 *
 * @param clientConfig the settings of the events' producer
 * @param timeout how long the broker may take to answer
 */
record Topics(Map<String, ?> clientConfig, Duration timeout) {

  /**
   * Both topics are there and led, and the events' takes every batch that the producer may make.
   *
   * @throws StartupException if not, or if the broker does not answer
   */
  void check(String topic, String deadLetterTopic) throws StartupException {
    try (Admin admin = Admin.create(adminConfig())) {
      KafkaFuture<Map<String, TopicDescription>> topics =
          admin.describeTopics(List.of(topic, deadLetterTopic)).allTopicNames();
      ConfigResource events = new ConfigResource(ConfigResource.Type.TOPIC, topic);
      KafkaFuture<Config> settings = admin.describeConfigs(List.of(events)).values().get(events);
      Map<String, TopicDescription> found = topics.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      requireRoomForBatches(topic, settings);
      awaitLeaders(admin, found);
    } catch (TimeoutException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartupException("interrupted while waiting for broker " + bootstrap(), e);
    } catch (KafkaException e) {
      throw unusable(e.getCause() == null ? e : e.getCause(), e);
    } catch (ExecutionException e) {
      Throwable reason = e.getCause();
      if (reason instanceof org.apache.kafka.common.errors.TimeoutException) {
        throw unreachable(e);
      }
      if (reason instanceof UnknownTopicOrPartitionException) {
        throw new StartupException(
            "topic '%s' or '%s' does not exist on %s: create both first"
                .formatted(topic, deadLetterTopic, bootstrap()),
            e);
      }
      throw unusable(reason, e);
    }
  }

  /**
   * A batch that the broker refuses is split by Kafka's client into batches of up to batch.size,
   * without end if these are refused again (KAFKA-8350).
   */
  private void requireRoomForBatches(String topic, KafkaFuture<Config> settings)
      throws StartupException, InterruptedException, ExecutionException, TimeoutException {
    ConfigEntry limit;
    try {
      limit =
          settings
              .get(timeout.toMillis(), TimeUnit.MILLISECONDS)
              .get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException) {
        return; // to send records is allowed more often than to read settings
      }
      throw e;
    }
    int batch =
        new ProducerConfig(new HashMap<>(clientConfig)).getInt(ProducerConfig.BATCH_SIZE_CONFIG);
    if (Integer.parseInt(limit.value()) < batch) {
      throw new StartupException(
          ("topic '%s' takes batches of up to %s bytes (max.message.bytes), but batch.size is %d:"
                  + " set MP_MESSAGING_OUTGOING_USER_EVENTS_BATCH_SIZE=%s")
              .formatted(topic, limit.value(), batch, limit.value()),
          null);
    }
  }

  /**
   * A broker tells of a partition that it leads before it does. A batch that comes too early is
   * refused, while the one behind it may be taken: what is the first of a producer may have any
   * number. The one in front is then out of order for good, and expires.
   */
  private void awaitLeaders(Admin admin, Map<String, TopicDescription> topics)
      throws StartupException, InterruptedException, ExecutionException, TimeoutException {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    topics.forEach(
        (name, description) ->
            description
                .partitions()
                .forEach(
                    partition ->
                        ends.put(
                            new TopicPartition(name, partition.partition()), OffsetSpec.latest())));
    try {
      admin.listOffsets(ends).all().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RetriableException) {
        throw new StartupException(
            "partitions of %s have no leader within %d s"
                .formatted(topics.keySet(), timeout.toSeconds()),
            e);
      }
      throw e;
    }
  }

  private Map<String, Object> adminConfig() {
    Map<String, Object> adminConfig = new HashMap<>(clientConfig);
    adminConfig.keySet().retainAll(AdminClientConfig.configNames());
    int millis = Math.toIntExact(timeout.toMillis());
    adminConfig.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
    adminConfig.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
    return adminConfig;
  }

  private Object bootstrap() {
    return clientConfig.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG);
  }

  private StartupException unreachable(Exception cause) {
    return new StartupException(
        "broker %s not reachable within %d s".formatted(bootstrap(), timeout.toSeconds()), cause);
  }

  private StartupException unusable(Throwable reason, Exception cause) {
    return new StartupException(
        "cannot use broker " + bootstrap() + ": " + describe(reason), cause);
  }

  /** Kafka's own words for a refused certificate say nothing of it. */
  private static String describe(Throwable reason) {
    return reason instanceof SslAuthenticationException && reason.getCause() != null
        ? "TLS handshake failed: " + rootCause(reason).getMessage()
        : reason.getMessage();
  }

  private static Throwable rootCause(Throwable failure) {
    return failure.getCause() == null ? failure : rootCause(failure.getCause());
  }
}
