// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.publish;

import dev.billion.producer.config.EmitterConfig;
import dev.billion.producer.deadletter.DeadLetters;
import dev.billion.producer.event.Event;
import dev.billion.producer.event.EventEncoder;
import dev.billion.producer.run.Emission;
import dev.billion.producer.run.Run;
import dev.billion.schemas.DeadLetterReason;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;

/** Turns a record that cannot be delivered into a dead letter, made anew from its number. */
@Singleton
public class Refusals {

  private final DeadLetters deadLetters;
  private final Emission emission;
  private final EventSchemaIds schemaIds;
  private final String topic;

  Refusals(
      DeadLetters deadLetters, Emission emission, EventSchemaIds schemaIds, EmitterConfig config) {
    this.deadLetters = deadLetters;
    this.emission = emission;
    this.schemaIds = schemaIds;
    this.topic = config.topic();
  }

  /** Whether the failure is about this one record, so that the next may well pass. */
  public static boolean isOfTheRecord(Exception failure) {
    return failure instanceof SerializationException
        || failure instanceof RecordTooLargeException
        || failure instanceof InvalidRecordException
        || failure instanceof InvalidTimestampException;
  }

  /** Sends the record's dead letter; completes when the broker has it. */
  public Uni<Void> deadLetter(int shard, long sequence, Exception failure) {
    boolean encoded = !(failure instanceof SerializationException);
    Run run = emission.source().run();
    String detail =
        "run=%s shard=%d sequence=%d: %s"
            .formatted(run.name(), shard, sequence, failure.getMessage());
    return deadLetters.send(
        topic,
        encoded ? DeadLetterReason.REFUSED_BY_BROKER : DeadLetterReason.NOT_ENCODABLE,
        detail,
        encoded ? value(shard, sequence) : null);
  }

  /** What was sent: read with its schema it is the event, and it may be sent again. */
  private byte[] value(int shard, long sequence) {
    Event event = new Event();
    emission.source().read(shard, sequence, event);
    return new EventEncoder().encode(schemaIds.of(event.version()), event);
  }
}
