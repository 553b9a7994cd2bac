// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The offsets of a Spark Kafka source, which are JSON: {@code {"topic":{"0":42,"1":40}}}.
 *
 * @param byPartition the offset of the next record to read
 */
record KafkaOffsets(Map<TopicPartition, Long> byPartition) {

  static final KafkaOffsets NONE = new KafkaOffsets(Map.of());

  private static final long EARLIEST = -2;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Map<Integer, Long>>> FORM =
      new TypeReference<>() {};

  KafkaOffsets {
    byPartition = Map.copyOf(byPartition);
  }

  /**
   * @throws IllegalArgumentException if it is not such JSON
   */
  static KafkaOffsets parse(String json) {
    try {
      Map<TopicPartition, Long> offsets = new HashMap<>();
      JSON.readValue(json, FORM)
          .forEach(
              (topic, partitions) ->
                  partitions.forEach(
                      (partition, offset) ->
                          offsets.put(new TopicPartition(topic, partition), offset)));
      return new KafkaOffsets(offsets);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not offsets of a Kafka source: " + json, e);
    }
  }

  /** The same, and Spark's sign for the first offset where partitions have none. */
  KafkaOffsets orEarliest(List<TopicPartition> partitions) {
    Map<TopicPartition, Long> offsets = new HashMap<>(byPartition);
    partitions.forEach(partition -> offsets.putIfAbsent(partition, EARLIEST));
    return new KafkaOffsets(offsets);
  }

  /** The same as JSON. */
  ObjectNode tree() {
    ObjectNode topics = JsonNodeFactory.instance.objectNode();
    byPartition.forEach(
        (partition, offset) ->
            topics
                .withObjectProperty(partition.topic())
                .put(Integer.toString(partition.partition()), offset));
    return topics;
  }

  /** How many offsets {@code latest} is ahead of these. */
  long behind(KafkaOffsets latest) {
    return latest.byPartition.entrySet().stream()
        .mapToLong(
            entry -> Math.max(0, entry.getValue() - byPartition.getOrDefault(entry.getKey(), 0L)))
        .sum();
  }

  /** The same as Kafka's admin client takes them. */
  Map<TopicPartition, OffsetAndMetadata> forGroup() {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    byPartition.forEach(
        (partition, offset) -> offsets.put(partition, new OffsetAndMetadata(offset)));
    return offsets;
  }
}
