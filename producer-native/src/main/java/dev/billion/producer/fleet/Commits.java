// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.fleet;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;

/** How events and the sequences that follow them are committed. */
interface Commits {

  /** Whether one record that does not arrive keeps all others of its unit of work from doing so. */
  boolean allOrNothing();

  /** Makes a producer ready; what another of its transactional id left open is undone. */
  void prepare(Producer<?, ?> producer);

  void begin(Producer<?, ?> producer);

  /** Returns when it is known of each event sent whether it arrived, unless the commit tells. */
  void await(Producer<?, ?> producer);

  /**
   * Returns when the events sent since {@link #begin} and the sequences are safe.
   *
   * @param member who commits: refused if the group has moved on since
   */
  void commit(
      Producer<?, ?> producer,
      ConsumerGroupMetadata member,
      Map<TopicPartition, OffsetAndMetadata> sequences);

  void abort(Producer<?, ?> producer);

  static Commits of(Guarantee guarantee, Membership membership) {
    return switch (guarantee) {
      case EXACTLY_ONCE -> new InTransaction();
      case AT_LEAST_ONCE -> new AfterArrival(membership);
    };
  }

  record InTransaction() implements Commits {

    @Override
    public boolean allOrNothing() {
      return true;
    }

    @Override
    public void prepare(Producer<?, ?> producer) {
      producer.initTransactions();
    }

    @Override
    public void begin(Producer<?, ?> producer) {
      producer.beginTransaction();
    }

    @Override
    public void await(Producer<?, ?> producer) {
      // the commit waits for all, and fails where one did not arrive
    }

    @Override
    public void commit(
        Producer<?, ?> producer,
        ConsumerGroupMetadata member,
        Map<TopicPartition, OffsetAndMetadata> sequences) {
      producer.sendOffsetsToTransaction(sequences, member);
      producer.commitTransaction();
    }

    @Override
    public void abort(Producer<?, ?> producer) {
      producer.abortTransaction();
    }
  }

  record AfterArrival(Membership membership) implements Commits {

    @Override
    public boolean allOrNothing() {
      return false;
    }

    @Override
    public void prepare(Producer<?, ?> producer) {
      // nothing is ever open
    }

    @Override
    public void begin(Producer<?, ?> producer) {
      // nothing to open
    }

    @Override
    public void await(Producer<?, ?> producer) {
      producer.flush();
    }

    @Override
    public void commit(
        Producer<?, ?> producer,
        ConsumerGroupMetadata member,
        Map<TopicPartition, OffsetAndMetadata> sequences) {
      membership.commit(sequences);
    }

    @Override
    public void abort(Producer<?, ?> producer) {
      producer.flush();
    }
  }
}
