// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.fleet;

import dev.billion.producer.control.Sequences;
import dev.billion.producer.run.Emission;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * This emitter's place in the consumer group whose partitions are the shards. Nothing is ever
 * consumed: the group shares the shards out among its live members, and its offsets are the shards'
 * next sequences. A shard is emitted from its committed sequence on as soon as it is assigned, and
 * given up only after what was sent of it is committed.
 *
 * <p>The consumer lives on a thread of its own, which must never wait for a full buffer: it is what
 * keeps the membership alive. {@link #metadata()} is for any thread.
 *
 * <p>Two orders keep a member that was given up for dead from committing. A shard that is lost is
 * revoked before the work is condemned: whoever reads the number of losses and then finds a batch
 * valid will see a loss in between. And who this member is now is told after both: whoever reads it
 * and then finds no loss commits as the member that holds the shards, or as an earlier one, which
 * Kafka refuses.
 */
final class Membership implements ConsumerRebalanceListener {

  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration TRANSACTIONS_END = Duration.ofSeconds(30); // well between two polls
  private static final long NEVER = -1;

  private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final Duration sequencesTimeout;
  private final Emission emission;
  private final Work work;
  private final Consumer<Exception> onFailure;
  private final Queue<Map<TopicPartition, OffsetAndMetadata>> toCommit =
      new ConcurrentLinkedQueue<>();
  private final Thread thread = new Thread(this::run, "membership");
  private volatile ConsumerGroupMetadata metadata;
  private volatile boolean resuming;
  private volatile boolean leaving;
  private long forgottenSince = NEVER; // for the membership's thread

  /** The part of the emitter that sends and commits. */
  interface Work {

    /** Commits what was sent; returns when that has succeeded, failed, or taken too long. */
    void commitBeforeRevocation();

    /** Whatever was sent and not committed must never be: its shards are somebody else's. */
    void condemn();
  }

  /**
   * @param topic whose partitions are the shards
   * @param sequencesTimeout for how long the group may not know how far a shard is
   * @param onFailure told that the membership has ended by itself
   */
  Membership(
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      String topic,
      Duration sequencesTimeout,
      Emission emission,
      Work work,
      Consumer<Exception> onFailure) {
    this.consumer = consumer;
    this.topic = topic;
    this.sequencesTimeout = sequencesTimeout;
    this.emission = emission;
    this.work = work;
    this.onFailure = onFailure;
    this.metadata = consumer.groupMetadata();
  }

  void join() {
    thread.setDaemon(true);
    thread.start();
  }

  /** Gives all shards up, after what was sent is committed, and leaves the group. */
  void leave(Deadline deadline) throws InterruptedException {
    leaving = true;
    consumer.wakeup(); // from a wait for others' transactions
    thread.join(deadline.leftMillis());
  }

  /**
   * Who this member was in the group when it last knew that it holds its shards. Kafka refuses a
   * commit by a member of an earlier generation.
   */
  ConsumerGroupMetadata metadata() {
    return metadata;
  }

  /** The topic whose partitions are the shards. */
  String topic() {
    return topic;
  }

  /** Has the shards that are not held any more granted anew, from what is committed. */
  void resume() {
    resuming = true;
  }

  /** Commits sequences outside of any transaction, soon. */
  void commit(Map<TopicPartition, OffsetAndMetadata> sequences) {
    toCommit.add(sequences);
  }

  private void run() {
    try (consumer) {
      consumer.subscribe(List.of(topic), this);
      while (!leaving) {
        poll();
      }
    } catch (KafkaException e) {
      onFailure.accept(e);
    }
  }

  private void poll() {
    try {
      consumer.poll(POLL);
      metadata = consumer.groupMetadata();
      commitSequences();
      if (resuming) {
        resuming = false;
        Set<Integer> held = emission.held();
        grant(
            consumer.assignment().stream()
                .filter(partition -> !held.contains(partition.partition()))
                .collect(Collectors.toSet()));
      }
    } catch (RetriableException e) {
      // the broker is away: the client goes on trying
    } catch (WakeupException e) {
      // leaving: what is held is given up when the consumer closes
    }
  }

  private void commitSequences() {
    for (var sequences = toCommit.peek(); sequences != null; sequences = toCommit.peek()) {
      try {
        consumer.commitSync(sequences);
      } catch (CommitFailedException | RebalanceInProgressException e) {
        // their next holder repeats what was sent: at least once is what is promised here
      }
      toCommit.remove(); // not before it is done, as the broker may be away
    }
  }

  /** What is not committed by now is of shards that others are about to hold. */
  private void commitLastSequences() {
    try {
      commitSequences();
    } catch (RetriableException e) {
      toCommit.clear(); // as above
    }
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    metadata = consumer.groupMetadata();
    consumer.pause(partitions);
    grant(Set.copyOf(partitions));
  }

  /** The group waits with handing them on until this returns. */
  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    metadata = consumer.groupMetadata();
    emission.revoke(shards(partitions));
    work.commitBeforeRevocation();
    commitLastSequences();
  }

  /** The group has given them to others already: this member was away for too long. */
  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    emission.revoke(shards(partitions));
    work.condemn();
    toCommit.clear();
  }

  /** Reads what is committed once no transaction on it is open, and emits from there. */
  private void grant(Set<TopicPartition> partitions) {
    if (partitions.isEmpty()) {
      emission.grant(Map.of());
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> committed;
    try {
      committed = consumer.committed(partitions, TRANSACTIONS_END);
    } catch (RetriableException e) {
      resume();
      return;
    }
    if (committed.containsValue(null)) {
      awaitSequences();
      return;
    }
    forgottenSince = NEVER;
    Map<Integer, Long> next = new HashMap<>();
    for (TopicPartition partition : partitions) {
      long sequence = committed.get(partition).offset();
      consumer.seek(partition, sequence);
      next.put(partition.partition(), sequence);
    }
    emission.grant(next);
  }

  /** To begin at 0 would be to send again what was sent: see {@link Sequences}. */
  private void awaitSequences() {
    long now = System.nanoTime();
    forgottenSince = forgottenSince == NEVER ? now : forgottenSince;
    if (now - forgottenSince > sequencesTimeout.toNanos()) {
      throw Sequences.forgotten(metadata.groupId());
    }
    resume();
  }

  private static Set<Integer> shards(Collection<TopicPartition> partitions) {
    return partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
  }
}
