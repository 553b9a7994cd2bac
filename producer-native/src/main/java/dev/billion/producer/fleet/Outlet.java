// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.fleet;

import dev.billion.producer.event.Event;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * A member's producer and how it commits. A producer that cannot even undo what it began is given
 * up, and another one connected in its place. For one thread.
 */
final class Outlet {

  private final Supplier<Producer<String, Event>> producers;
  private final Commits commits;
  private Producer<String, Event> producer;

  /**
   * @param producers makes a producer, which the outlet closes
   */
  Outlet(Supplier<Producer<String, Event>> producers, Commits commits) {
    this.producers = producers;
    this.commits = commits;
  }

  /**
   * Has a producer that is ready.
   *
   * @throws KafkaException if none can be made ready yet
   */
  void connect() {
    if (producer != null) {
      return;
    }
    Producer<String, Event> fresh = producers.get();
    try {
      commits.prepare(fresh);
      producer = fresh;
    } catch (KafkaException e) {
      fresh.close(Duration.ZERO);
      throw e;
    }
  }

  boolean isConnected() {
    return producer != null;
  }

  Producer<String, Event> producer() {
    return producer;
  }

  /** Whether one record that does not arrive keeps all others of its unit of work from doing so. */
  boolean allOrNothing() {
    return commits.allOrNothing();
  }

  void begin() {
    commits.begin(producer);
  }

  /** Returns when it is known of each event sent whether it arrived, unless the commit tells. */
  void await() {
    commits.await(producer);
  }

  /** See {@link Commits#commit}. */
  void commit(ConsumerGroupMetadata member, Map<TopicPartition, OffsetAndMetadata> sequences) {
    commits.commit(producer, member, sequences);
  }

  void abort() {
    try {
      commits.abort(producer);
    } catch (RuntimeException e) {
      close(Duration.ZERO);
    }
  }

  void close(Duration within) {
    if (producer != null) {
      producer.close(within);
      producer = null;
    }
  }
}
