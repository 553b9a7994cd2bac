// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.publish;

import dev.billion.producer.append.OpenBatch;
import dev.billion.producer.config.EmitterConfig;
import dev.billion.producer.event.Event;
import dev.billion.producer.event.EventSource;
import dev.billion.producer.event.Keys;
import dev.billion.producer.run.BackPressure;
import dev.billion.producer.run.Emission;
import dev.billion.producer.run.EventBatch;
import jakarta.inject.Singleton;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;

/**
 * The hot path: makes a batch's events and hands them to a producer, one after the other, each with
 * the poison that follows it.
 */
@Singleton
public class EventSender {

  private final Emission emission;
  private final BackPressure backPressure;
  private final BufferWait bufferWait = new BufferWait();
  private final String topic;
  private Producer<String, Event> present;
  private OpenBatch<Event> openBatch;

  EventSender(Emission emission, BackPressure backPressure, EmitterConfig config) {
    this.emission = emission;
    this.backPressure = backPressure;
    this.topic = config.topic();
  }

  /**
   * Sends a batch. Blocks while the producer's buffer is full: that is the back-pressure.
   *
   * @throws RuntimeException of the producer's, if it takes no more records
   */
  public void send(Producer<String, Event> producer, EventBatch batch, Outcome outcome) {
    backPressure.begin();
    try {
      sendEach(producer, batch, outcome);
    } finally {
      backPressure.end(bufferWait.nanosMore(producer));
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback is told
  private void sendEach(Producer<String, Event> producer, EventBatch batch, Outcome outcome) {
    EventSource source = emission.source();
    Keys keys = source.run().awkward().keys();
    OpenBatch<Event> open = keys == Keys.NONE ? openBatch(producer) : null;
    BatchEvents events = new BatchEvents(batch.slices(), source, outcome);
    while (events.remain()) {
      try {
        if (open != null) {
          open.append(events);
        }
        if (!events.remain()) {
          return;
        }
        if (!events.isSkipped()) {
          producer.send(record(keys, events.value()), events.callbackOfOne());
        }
      } catch (SerializationException e) {
        events.failed(e);
      }
      Event poison = events.poison();
      if (poison != null) {
        producer.send(record(keys, poison), events.poisonCallback());
      }
      events.pass();
    }
  }

  /** Where events go in bulk, if the producer lets them. */
  private OpenBatch<Event> openBatch(Producer<String, Event> producer) {
    if (producer != present) { // a member of a fleet makes another after a failure
      present = producer;
      openBatch = OpenBatch.of(producer, topic);
      if (openBatch != null) {
        prepare(openBatch);
      }
    }
    return openBatch;
  }

  private void prepare(OpenBatch<Event> batch) {
    try {
      batch.prepare(emission.source().ofNewestSchema());
    } catch (SerializationException e) {
      // the first record that is encoded tells it, too, and becomes a dead letter
    }
  }

  private ProducerRecord<String, Event> record(Keys keys, Event event) {
    return new ProducerRecord<>(topic, keys.of(event), event);
  }
}
