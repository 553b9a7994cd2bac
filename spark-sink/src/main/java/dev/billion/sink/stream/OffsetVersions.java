// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * How a table keeps the offsets of a topic: as versions of applications, one a partition, in the
 * same commit as the records. The application is called {@code APPID/TOPIC-PARTITION}, its version
 * is the offset of the next record to read.
 */
final class OffsetVersions {

  private final String prefix;
  private final String topic;

  OffsetVersions(String appId, String topic) {
    this.prefix = appId + "/" + topic + "-";
    this.topic = topic;
  }

  Map<String, Long> of(KafkaOffsets offsets) {
    Map<String, Long> versions = new HashMap<>();
    offsets
        .byPartition()
        .forEach((partition, offset) -> versions.put(prefix + partition.partition(), offset));
    return versions;
  }

  /** The offsets among all versions that a table has. */
  KafkaOffsets in(Map<String, Long> versions) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    versions.forEach(
        (app, version) -> {
          if (app.startsWith(prefix) && app.substring(prefix.length()).matches("\\d{1,9}")) {
            int partition = Integer.parseInt(app.substring(prefix.length()));
            offsets.put(new TopicPartition(topic, partition), version);
          }
        });
    return new KafkaOffsets(offsets);
  }
}
