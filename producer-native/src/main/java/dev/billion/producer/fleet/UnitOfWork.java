// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.fleet;

import dev.billion.producer.publish.Outcome;
import dev.billion.producer.publish.Refusals;
import dev.billion.producer.run.Emission;
import dev.billion.producer.run.EventBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * Batches that are committed together, or not at all. Batches are added on the sending thread; the
 * producer's callbacks come on its own.
 */
final class UnitOfWork implements Outcome {

  private final Emission emission;
  private final Refused refused;
  private final List<Message<EventBatch>> messages = new ArrayList<>();
  private final Map<Integer, Long> next = new HashMap<>();
  private final LongAdder records = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final boolean allOrNothing;
  private final AtomicBoolean anyRefused = new AtomicBoolean();
  private final LongAdder poison = new LongAdder();
  private volatile Exception failure;

  UnitOfWork(Emission emission, Refused refused, boolean allOrNothing) {
    this.emission = emission;
    this.refused = refused;
    this.allOrNothing = allOrNothing;
  }

  void add(Message<EventBatch> message) {
    messages.add(message);
    message.getPayload().slices().forEach(slice -> next.put(slice.shard(), slice.next()));
  }

  /**
   * Returns when its events and the sequences that follow them are safe.
   *
   * @param member who commits
   * @param shardsTopic the topic whose offsets the sequences are
   * @throws KafkaException if they are not
   */
  void commit(Outlet outlet, ConsumerGroupMetadata member, String shardsTopic) {
    outlet.await();
    if (failure != null) {
      throw new KafkaException(failure.getMessage(), failure);
    }
    refused.await();
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    next.forEach(
        (shard, sequence) ->
            offsets.put(new TopicPartition(shardsTopic, shard), new OffsetAndMetadata(sequence)));
    outlet.commit(member, offsets);
  }

  void committed() {
    emission.meters().recordsSent(records.sum(), bytes.sum());
    refused.forget(next);
    emission.meters().poisonSent(poison.sum());
    messages.forEach(Message::ack);
  }

  /** The batches come back unacknowledged; their events will be handed out again. */
  void rolledBack() {
    messages.forEach(message -> emission.returned(message.getPayload()));
  }

  @Override
  public boolean skips(int shard, long sequence) {
    return refused.contains(shard, sequence);
  }

  @Override
  public void delivered(int events, long valueBytes) {
    records.add(events);
    bytes.add(valueBytes);
  }

  @Override
  public void refused(int shard, long sequence, Exception problem) {
    if (!Refusals.isOfTheRecord(problem)) {
      failure = problem;
    } else if (isItsOwn()) {
      failed(shard, sequence, problem);
    }
  }

  /**
   * Whether a record's refusal is its own. In a transaction Kafka's client fails all that it has
   * not sent yet with the exception of the first record that was refused.
   */
  private boolean isItsOwn() {
    return !allOrNothing || anyRefused.compareAndSet(false, true);
  }

  @Override
  public boolean skipsPoison(int shard, long sequence) {
    return refused.containsPoison(shard, sequence);
  }

  @Override
  public Callback ofPoison(int shard, long sequence) {
    return (metadata, problem) -> {
      if (problem == null) {
        poison.increment();
        return;
      }
      if (!Refusals.isOfTheRecord(problem)) {
        failure = problem;
      } else if (isItsOwn()) {
        emission.meters().recordFailed(problem);
        refused.addPoison(shard, sequence);
      }
    };
  }

  @Override
  public void failed(int shard, long sequence, Exception problem) {
    emission.meters().recordFailed(problem);
    refused.add(shard, sequence, problem);
  }
}
