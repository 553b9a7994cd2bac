// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.control;

import java.util.List;
import org.apache.kafka.clients.admin.MemberDescription;

/**
 * How a member of a fleet is doing.
 *
 * @param id its name in the consumer group
 * @param host where it runs
 * @param shards those it holds
 * @param perSecond records/s that were committed of these shards
 */
record MemberStatus(String id, String host, List<Integer> shards, long perSecond) {

  /** As of two readings of the fleet's sequences, so many seconds apart. */
  static MemberStatus of(
      MemberDescription member, Sequences before, Sequences after, double seconds) {
    List<Integer> shards =
        member.assignment().topicPartitions().stream()
            .map(partition -> partition.partition())
            .sorted()
            .toList();
    long records =
        shards.stream().mapToLong(shard -> after.next()[shard] - before.next()[shard]).sum();
    return new MemberStatus(
        member.consumerId(), member.host(), shards, Math.round(records / seconds));
  }
}
