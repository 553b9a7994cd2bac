// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.publish;

import dev.billion.producer.run.Emission;
import dev.billion.producer.run.EventBatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Callback;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * Counts a batch's records home, and the poison among them. When the last is in, as a delivery or
 * as a dead letter, the message is acknowledged; when one is lost, it is nacked, which ends the
 * emission.
 */
final class Delivery implements Outcome {

  private final Message<EventBatch> message;
  private final Emission emission;
  private final Refusals refusals;
  private final AtomicInteger open;

  Delivery(Message<EventBatch> message, Emission emission, Refusals refusals) {
    this.message = message;
    this.emission = emission;
    this.refusals = refusals;
    this.open = new AtomicInteger(message.getPayload().records() + 1); // until all are sent
  }

  /** All of the batch's records are with the producer. */
  void sent() {
    close(1);
  }

  @Override
  public void delivered(int events, long valueBytes) {
    emission.meters().recordsSent(events, valueBytes);
    close(events);
  }

  @Override
  public void refused(int shard, long sequence, Exception failure) {
    failed(shard, sequence, failure);
  }

  /** Poison that the broker refuses is an error and no more: nobody misses it. */
  @Override
  public Callback ofPoison(int shard, long sequence) {
    open.incrementAndGet();
    return (metadata, failure) -> {
      if (failure == null) {
        emission.meters().poisonSent(1);
      } else {
        emission.meters().recordFailed(failure);
        if (!Refusals.isOfTheRecord(failure)) {
          aborted(failure);
          return;
        }
      }
      close(1);
    };
  }

  /** A record that the client or the broker did not take. */
  @Override
  public void failed(int shard, long sequence, Exception failure) {
    emission.meters().recordFailed(failure);
    if (!Refusals.isOfTheRecord(failure)) {
      aborted(failure);
      return;
    }
    refusals
        .deadLetter(shard, sequence, failure)
        .subscribe()
        .with(
            done -> {
              emission.meters().deadLetterSent();
              close(1);
            },
            this::aborted);
  }

  /** Something that is not this record's fault: the emission cannot go on. */
  void aborted(Throwable failure) {
    message.nack(failure);
  }

  private void close(int records) {
    if (open.addAndGet(-records) == 0) {
      message.ack();
    }
  }
}
