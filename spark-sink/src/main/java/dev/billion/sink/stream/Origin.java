// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billion.sink.read.OffsetRange;
import java.util.List;

/**
 * Where a checkpoint began. Spark counts the batches of each checkpoint from 0; those of one that
 * goes on from a table follow that table's last.
 *
 * @param version the version of the commits of batch 0
 * @param start where batch 0 begins, in the partitions that the table knew; none for a new table
 * @param deadLettersUntil before which offsets dead letters may have been there: those of a batch
 *     whose events were not committed any more
 */
record Origin(long version, KafkaOffsets start, KafkaOffsets deadLettersUntil) {

  /** Of a checkpoint that began with its table. */
  static final Origin NEW = new Origin(0, KafkaOffsets.NONE, KafkaOffsets.NONE);

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @throws IllegalArgumentException if it is not what {@link #json} gives
   */
  static Origin parse(String json) {
    try {
      JsonNode node = JSON.readTree(json);
      if (!node.path("version").isIntegralNumber()) {
        throw new IllegalArgumentException("not the origin of a checkpoint: " + json);
      }
      return new Origin(
          node.get("version").longValue(),
          KafkaOffsets.parse(node.path("start").toString()),
          KafkaOffsets.parse(node.path("dead_letters_until").toString()));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not the origin of a checkpoint: " + json, e);
    }
  }

  String json() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("version", version);
    node.set("start", start.tree());
    node.set("dead_letters_until", deadLettersUntil.tree());
    return node.toString();
  }

  /** The version of the commits of a batch. */
  long version(long batch) {
    return version + batch;
  }

  /** Whether dead letters of these ranges may have been there before batch 0. */
  boolean mayHaveDeadLetters(List<OffsetRange> ranges) {
    return ranges.stream()
        .anyMatch(
            range ->
                range.from()
                    < deadLettersUntil.byPartition().getOrDefault(range.topicPartition(), 0L));
  }
}
