// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.deadletter;

import dev.billion.schemas.DeadLetter;
import dev.billion.schemas.DeadLetterReason;
import dev.billion.schemas.WireFormat;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** Where a record goes that cannot be delivered: an ordinary channel, one message a record. */
@ApplicationScoped
public class DeadLetters {

  private final MutinyEmitter<DeadLetter> channel;

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
    return channel.send(
        DeadLetter.newBuilder()
            .setTopic(topic)
            .setReason(reason)
            .setDetail(detail)
            .setSchemaId(value == null ? null : (Integer) WireFormat.schemaId(value))
            .setValue(value == null ? null : ByteBuffer.wrap(value))
            .build());
  }
}
