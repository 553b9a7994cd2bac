// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.control;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Names of what a fleet keeps in Kafka beside its events, and how its topics are made. */
public final class FleetTopics {

  private FleetTopics() {}

  /** Holds the fleet's course. */
  static String control(String topic) {
    return topic + "-control";
  }

  /** Never holds a record: its partitions are the shards, which the consumer group shares out. */
  public static String shards(String topic, int shards) {
    return topic + "-shards-" + shards;
  }

  /** The consumer group of a run's emitters; its offsets are the shards' next sequences. */
  public static String group(String topic, String run) {
    return topic + "-emitters-" + run;
  }

  /** Makes the control topic, unless it is there. */
  public static void createControl(Admin admin, String topic) throws InterruptedException {
    create(
        admin,
        new NewTopic(control(topic), Optional.of(1), Optional.empty())
            .configs(
                Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)));
  }

  /** Makes the topic of the shards, unless it is there. */
  static void createShards(Admin admin, String topic, int shards) throws InterruptedException {
    create(admin, new NewTopic(shards(topic, shards), Optional.of(shards), Optional.empty()));
  }

  private static void create(Admin admin, NewTopic topic) throws InterruptedException {
    try {
      admin.createTopics(List.of(topic)).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new KafkaException(
            "cannot create topic '%s': %s".formatted(topic.name(), e.getCause().getMessage()), e);
      }
    }
  }
}
