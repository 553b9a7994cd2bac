// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.publish;

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * What the producer calls for events that follow each other in a shard and in one of its batches:
 * once for each, in their order. So they are counted together. Filled before the first call, which
 * come one after the other.
 */
final class AppendedEvents implements Callback {

  private final Outcome outcome;
  private final int shard;
  private final long first;
  private int events;
  private int known;
  private int delivered;
  private long deliveredBytes;

  /**
   * @param first the first one's sequence
   */
  AppendedEvents(Outcome outcome, int shard, long first) {
    this.outcome = outcome;
    this.shard = shard;
    this.first = first;
  }

  /** Another one was appended. */
  void add() {
    events++;
  }

  @Override
  public void onCompletion(RecordMetadata metadata, Exception failure) {
    int event = known++;
    if (failure == null) {
      delivered++;
      deliveredBytes += metadata.serializedValueSize();
    } else {
      outcome.refused(shard, first + event, failure);
    }
    if (known == events && delivered > 0) {
      outcome.delivered(delivered, deliveredBytes);
    }
  }
}
