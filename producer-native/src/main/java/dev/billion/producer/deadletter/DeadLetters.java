// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.deadletter;

import dev.billion.schemas.DeadLetter;
import dev.billion.schemas.DeadLetterReason;
import dev.billion.schemas.WireFormat;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/**
 * Where a record goes that cannot be delivered: an ordinary channel, one message a record.
 *
 * <p>A record is refused after it was sent, so its dead letter cannot wait, and the channel's
 * buffer has no bound of its own. What bounds it is {@link #room()}, for which every batch of
 * events waits before it is sent: more dead letters than that come only of the batches that were
 * sent before, which the producer's {@code buffer.memory} bounds. Safe for use by several threads.
 */
@ApplicationScoped
public class DeadLetters {

  /** As many as the channel sends at a time: its {@code max-inflight-messages}. */
  private static final int ENOUGH = 1024;

  private final MutinyEmitter<DeadLetter> channel;
  private int onTheirWay;
  private CompletableFuture<Void> room = CompletableFuture.completedFuture(null);

  DeadLetters(
      @Channel("dead-letters") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
          MutinyEmitter<DeadLetter> channel) {
    this.channel = channel;
  }

  /**
   * Sends a dead letter.
   *
   * @param topic the topic the record was meant for
   * @param value the record's value in wire format, null if it could not be encoded
   * @return completes when the broker has it, fails if it does not take it
   */
  public Uni<Void> send(String topic, DeadLetterReason reason, String detail, byte[] value) {
    DeadLetter letter =
        DeadLetter.newBuilder()
            .setTopic(topic)
            .setReason(reason)
            .setDetail(detail)
            .setSchemaId(value == null ? null : (Integer) WireFormat.schemaId(value))
            .setValue(value == null ? null : ByteBuffer.wrap(value))
            .build();
    return channel
        .send(letter)
        .onSubscription()
        .invoke(this::left)
        .onTermination()
        .invoke(this::arrived);
  }

  /** Completes when fewer than 1,024 dead letters are on their way. */
  public synchronized Uni<Void> room() {
    return Uni.createFrom().completionStage(room);
  }

  private synchronized void left() {
    onTheirWay++;
    if (onTheirWay == ENOUGH) {
      room = new CompletableFuture<>();
    }
  }

  private void arrived() {
    CompletableFuture<Void> waitedFor;
    synchronized (this) {
      onTheirWay--;
      waitedFor = onTheirWay == ENOUGH - 1 ? room : null;
    }
    if (waitedFor != null) { // not under the lock: the next batch goes on from here
      waitedFor.complete(null);
    }
  }
}
