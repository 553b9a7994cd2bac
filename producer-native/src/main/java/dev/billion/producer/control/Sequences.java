// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.control;

import dev.billion.producer.run.Run;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * How far a fleet's run is: the offsets of its consumer group.
 *
 * <p>A run begins with a sequence of 0 for each shard, written before anybody can join it. So a
 * shard that has none is never one to begin with: the group has forgotten it. Kafka does that after
 * a retention time, and Kafka 4.3 also for moments while a broker starts: its group coordinator may
 * then answer without having read what was committed.
 *
 * @param next for each shard the sequence after the last that is committed
 */
public record Sequences(long[] next) {

  private static final int TRIES = 100;
  private static final long RETRY_MILLIS = 100;

  /**
   * Makes the shards of a run that is to be opened, each with its first sequence unless it has one.
   *
   * @throws KafkaException if that is not possible
   */
  public static void begin(Admin admin, String topic, Run run) {
    try {
      FleetTopics.createShards(admin, topic, run.shards());
      Map<TopicPartition, OffsetAndMetadata> missing = new HashMap<>();
      Map<TopicPartition, OffsetAndMetadata> present = offsets(admin, topic, run);
      for (int shard = 0; shard < run.shards(); shard++) {
        TopicPartition partition =
            new TopicPartition(FleetTopics.shards(topic, run.shards()), shard);
        if (!present.containsKey(partition)) {
          missing.put(partition, new OffsetAndMetadata(0));
        }
      }
      if (!missing.isEmpty()) {
        write(admin, FleetTopics.group(topic, run.name()), missing);
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /** Tries again while not every broker knows of the shards yet. */
  private static void write(
      Admin admin, String group, Map<TopicPartition, OffsetAndMetadata> sequences)
      throws InterruptedException {
    for (int left = TRIES; ; left--) {
      try {
        admin.alterConsumerGroupOffsets(group, sequences).all().get();
        return;
      } catch (ExecutionException e) {
        if (left == 0 || !(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw new KafkaException(
              "cannot begin the run's sequences: " + e.getCause().getMessage(), e.getCause());
        }
        Thread.sleep(RETRY_MILLIS);
      }
    }
  }

  /**
   * Reads them.
   *
   * @throws KafkaException if that is not possible, or one is not there
   */
  public static Sequences committed(Admin admin, String topic, Run run)
      throws InterruptedException {
    long[] next = new long[run.shards()];
    Map<TopicPartition, OffsetAndMetadata> offsets = offsets(admin, topic, run);
    if (offsets.size() < next.length) {
      throw forgotten(FleetTopics.group(topic, run.name()));
    }
    offsets.forEach((partition, offset) -> next[partition.partition()] = offset.offset());
    return new Sequences(next);
  }

  /** What there is to say when a shard has no sequence. */
  public static KafkaException forgotten(String group) {
    return new KafkaException(
        "group '%s' has no sequence of some shards: the run cannot go on without; if that lasts, end it with 'control stop'"
            .formatted(group));
  }

  private static Map<TopicPartition, OffsetAndMetadata> offsets(Admin admin, String topic, Run run)
      throws InterruptedException {
    try {
      return admin
          .listConsumerGroupOffsets(FleetTopics.group(topic, run.name()))
          .partitionsToOffsetAndMetadata()
          .get();
    } catch (ExecutionException e) {
      throw new KafkaException(
          "cannot read the run's sequences: " + e.getCause().getMessage(), e.getCause());
    }
  }

  /** How many events they are in all. */
  public long sum() {
    long sum = 0;
    for (long sequence : next) {
      sum += sequence;
    }
    return sum;
  }

  /** Whether they are those after the run's first {@code count} events, or beyond. */
  public boolean reach(Run run, long count) {
    for (int shard = 0; shard < next.length; shard++) {
      if (next[shard] < run.nextSequence(shard, count)) {
        return false;
      }
    }
    return true;
  }
}
