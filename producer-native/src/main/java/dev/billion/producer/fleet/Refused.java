// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.fleet;

import dev.billion.producer.publish.Refusals;
import dev.billion.producer.run.Emission;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.LongPredicate;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * The records that became dead letters, and the poison that was refused, until the sequences behind
 * them are committed. A broker's refusal undoes the whole transaction, so these are left out when
 * it is made again. Safe for use by several threads.
 */
final class Refused {

  private final Emission emission;
  private final Refusals refusals;
  private final Set<Long> indexes = ConcurrentHashMap.newKeySet();
  private final Set<Long> poison = ConcurrentHashMap.newKeySet();
  private CompletableFuture<Void> settled = CompletableFuture.completedFuture(null);

  Refused(Emission emission, Refusals refusals) {
    this.emission = emission;
    this.refusals = refusals;
  }

  boolean contains(int shard, long sequence) {
    return !indexes.isEmpty() && indexes.contains(index(shard, sequence));
  }

  synchronized void add(int shard, long sequence, Exception failure) {
    CompletableFuture<Void> sent =
        refusals
            .deadLetter(shard, sequence, failure)
            .invoke(
                () -> {
                  indexes.add(index(shard, sequence));
                  emission.meters().deadLetterSent();
                })
            .subscribeAsCompletionStage();
    settled = CompletableFuture.allOf(settled, sent);
  }

  boolean containsPoison(int shard, long sequence) {
    return poison.contains(index(shard, sequence));
  }

  /** Poison has no dead letter: it was to become one. */
  void addPoison(int shard, long sequence) {
    poison.add(index(shard, sequence));
  }

  /**
   * Waits until the broker has the dead letters.
   *
   * @throws KafkaException if it did not take one; its record is then to be sent again
   */
  void await() {
    try {
      takeUnsettled().get();
    } catch (ExecutionException e) {
      throw new KafkaException("dead letter not taken: " + e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private synchronized CompletableFuture<Void> takeUnsettled() {
    CompletableFuture<Void> taken = settled;
    settled = CompletableFuture.completedFuture(null);
    return taken;
  }

  /** These next sequences are committed: what is before them will not be sent again. */
  void forget(Map<Integer, Long> next) {
    int shards = emission.plan().run().shards();
    LongPredicate committed =
        index -> index / shards < next.getOrDefault((int) (index % shards), Long.MIN_VALUE);
    indexes.removeIf(committed::test);
    poison.removeIf(committed::test);
  }

  private long index(int shard, long sequence) {
    return emission.plan().run().indexOf(shard, sequence);
  }
}
