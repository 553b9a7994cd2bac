// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.replay;

import java.util.Map;
import java.util.Set;

/**
 * What to send, and where to.
 *
 * @param bootstrap Kafka brokers, {@code host:port} separated by commas
 * @param kafka further client settings, such as security, by their Kafka names
 * @param topic the topic to send to
 * @param reasons only dead letters of these reasons, all if there are none
 * @param partitions only those from these partitions, all if there are none
 * @param chunk the most records in a transaction
 */
public record ReplaySettings(
    String bootstrap,
    Map<String, String> kafka,
    String topic,
    Set<String> reasons,
    Set<Integer> partitions,
    int chunk) {

  public ReplaySettings {
    kafka = Map.copyOf(kafka);
    reasons = Set.copyOf(reasons);
    partitions = Set.copyOf(partitions);
  }

  /** The topic that remembers what was sent. */
  String memory() {
    return topic + "-replayed";
  }
}
