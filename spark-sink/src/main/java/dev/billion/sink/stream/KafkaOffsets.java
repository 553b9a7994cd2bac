// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The offsets of a Spark Kafka source, which are JSON: {@code {"topic":{"0":42,"1":40}}}.
 *
 * @param byPartition the offset of the next record to read
 */
record KafkaOffsets(Map<TopicPartition, Long> byPartition) {

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
