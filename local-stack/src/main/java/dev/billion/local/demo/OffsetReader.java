// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.demo;

import dev.billion.local.LocalStackException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/** Asks the broker for {@link Offsets}. For one thread. */
public final class OffsetReader {

  private final Admin admin;
  private final String topic;
  private final String group;
  private final IsolationLevel isolation;
  private Map<TopicPartition, OffsetSpec> partitions = Map.of();
  private Offsets last = Offsets.NONE;

  /**
   * @param isolation of the reader whose end of the topic it is
   */
  public OffsetReader(Admin admin, String topic, String group, IsolationLevel isolation) {
    this.admin = admin;
    this.isolation = isolation;
    this.topic = topic;
    this.group = group;
  }

  /**
   * The offsets now, or the last known ones while the broker is too busy to say.
   *
   * @throws LocalStackException if the broker refuses
   */
  public Offsets read() throws InterruptedException {
    try {
      last = ask();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof RetriableException)) {
        throw new LocalStackException(
            "cannot read the offsets of %s: %s".formatted(topic, e.getCause().getMessage()), e);
      }
    }
    return last;
  }

  private Offsets ask() throws ExecutionException, InterruptedException {
    if (partitions.isEmpty()) {
      int count =
          admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().size();
      partitions =
          IntStream.range(0, count)
              .mapToObj(number -> new TopicPartition(topic, number))
              .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
    }
    Map<TopicPartition, Long> ends = new HashMap<>();
    for (Map.Entry<TopicPartition, ListOffsetsResultInfo> partition :
        admin.listOffsets(partitions, new ListOffsetsOptions(isolation)).all().get().entrySet()) {
      ends.put(partition.getKey(), partition.getValue().offset());
    }
    return Offsets.of(
        ends, admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get());
  }
}
