// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.fleet;

import dev.billion.producer.config.EmitterConfig;
import dev.billion.producer.event.Event;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A member's own Kafka clients, with the addresses, the security and the tuning of the events'
 * channel.
 */
final class Clients {

  /**
   * More than taking shards over may take, beside a commit before, which has the session's time.
   */
  private static final int REBALANCE_MILLIS = 50_000;

  private final Map<String, ?> channel;
  private final EmitterConfig config;
  private final String transactionalId;

  Clients(Map<String, ?> channel, EmitterConfig config) {
    this.channel = channel;
    this.config = config;
    // fences are the group's to raise (KIP-447): the id need not be the same after a restart
    this.transactionalId = config.topic() + "-emitter-" + Uuid.randomUuid();
  }

  Admin admin() {
    return Admin.create(only(AdminClientConfig.configNames()));
  }

  /** A producer that takes the place of the one before it, if there was one. */
  Producer<String, Event> producer() {
    Map<String, Object> settings = new HashMap<>(channel);
    if (config.fleet().delivery() == Guarantee.EXACTLY_ONCE) {
      settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
      settings.put(
          ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
          Math.toIntExact(config.fleet().transactionTimeout().toMillis()));
    }
    return new KafkaProducer<>(settings);
  }

  KafkaConsumer<byte[], byte[]> consumer(String group) {
    Map<String, Object> settings = only(ConsumerConfig.configNames());
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    // an open transaction on a shard's sequence is waited for before the shard is taken over
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    int session = Math.toIntExact(config.fleet().sessionTimeout().toMillis());
    settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, session);
    settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, session / 10);
    // an answer that a broker's crash took along is waited for as long as this
    settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, session + REBALANCE_MILLIS);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private Map<String, Object> only(Set<String> names) {
    Map<String, Object> settings = new HashMap<>(channel);
    settings.keySet().retainAll(names);
    settings.remove("interceptor.classes"); // the producer's
    return settings;
  }
}
