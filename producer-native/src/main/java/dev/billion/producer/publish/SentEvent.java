// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.publish;

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;

/** What the producer calls when it knows of an event that was sent on its own. */
record SentEvent(Outcome outcome, int shard, long sequence) implements Callback {

  @Override
  public void onCompletion(RecordMetadata metadata, Exception failure) {
    if (failure == null) {
      outcome.delivered(1, metadata.serializedValueSize());
    } else {
      outcome.refused(shard, sequence, failure);
    }
  }
}
