// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.TopicPartition;

/** Looks at the transactions of a topic's fleet, as the broker has them. */
final class Transactions {

  private Transactions() {}

  /** The transactional id of a topic's only member. */
  static String onlyId(Admin admin, String topic) throws Exception {
    List<TransactionListing> all = all(admin, topic);
    assertThat(all).hasSize(1);
    return all.get(0).transactionalId();
  }

  static TransactionDescription describe(Admin admin, String transactionalId) throws Exception {
    return admin.describeTransactions(List.of(transactionalId)).description(transactionalId).get();
  }

  /** Where a producer's open transaction begins in each partition that it has records in. */
  static Map<TopicPartition, Long> firstOffsets(Admin admin, String topic, long producerId)
      throws Exception {
    List<TopicPartition> partitions =
        admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    Map<TopicPartition, Long> offsets = new HashMap<>();
    admin
        .describeProducers(partitions)
        .all()
        .get()
        .forEach(
            (partition, state) ->
                state.activeProducers().stream()
                    .filter(producer -> producer.producerId() == producerId)
                    .flatMapToLong(producer -> producer.currentTransactionStartOffset().stream())
                    .forEach(offset -> offsets.put(partition, offset)));
    return offsets;
  }

  /**
   * Those whose records a reader does not see yet. Producers are told that they have committed
   * before all partitions are.
   */
  static List<TransactionListing> open(Admin admin, String topic) throws Exception {
    return all(admin, topic).stream()
        .filter(
            transaction ->
                switch (transaction.state()) {
                  case EMPTY, COMPLETE_COMMIT, COMPLETE_ABORT -> false;
                  default -> true;
                })
        .toList();
  }

  private static List<TransactionListing> all(Admin admin, String topic) throws Exception {
    return admin.listTransactions().all().get().stream()
        .filter(transaction -> transaction.transactionalId().startsWith(topic + "-emitter-"))
        .toList();
  }
}
