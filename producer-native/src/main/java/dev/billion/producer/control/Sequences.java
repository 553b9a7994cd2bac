// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.control;

import dev.billion.producer.run.Run;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a fleet's run is.
 *
 * @param next for each shard the sequence after the last that is committed
 */
public record Sequences(long[] next) {

  /** Reads them from the group's offsets. */
  public static Sequences committed(Admin admin, String topic, Run run)
      throws InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> offsets;
    try {
      offsets =
          admin
              .listConsumerGroupOffsets(FleetTopics.group(topic, run.name()))
              .partitionsToOffsetAndMetadata()
              .get();
    } catch (ExecutionException e) {
      throw new KafkaException(
          "cannot read the run's sequences: " + e.getCause().getMessage(), e.getCause());
    }
    long[] next = new long[run.shards()];
    offsets.forEach((partition, offset) -> next[partition.partition()] = offset.offset());
    return new Sequences(next);
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
