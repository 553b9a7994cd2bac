// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.publish;

import dev.billion.producer.config.EmitterConfig;
import dev.billion.producer.event.Event;
import dev.billion.producer.event.EventSource;
import dev.billion.producer.run.Emission;
import dev.billion.producer.run.EventBatch;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaProducer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Flow;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Outgoing;

/**
 * The hot path. A batch is one reactive message; its events go to the producer of the channel
 * {@code user-events} one after the other, on that channel's sending thread.
 *
 * <p>Why not a message per record: what SmallRye does for each (retry chain, context propagation, a
 * hop between threads) costs several times what Kafka's {@code send} costs. Demand, acknowledgement
 * and configuration stay SmallRye's; a batch is acknowledged when its last record is.
 *
 * <p>Why that thread: {@code send} blocks when the producer's buffer is full, which is the
 * back-pressure, so it must not run on an event loop; and one producer is fastest with one thread.
 */
@ApplicationScoped
public class EventPublisher {

  static final String CHANNEL = "user-events";

  private final KafkaClientService clients;
  private final Emission emission;
  private final Refusals refusals;
  private final String topic;

  EventPublisher(
      KafkaClientService clients, Emission emission, Refusals refusals, EmitterConfig config) {
    this.clients = clients;
    this.emission = emission;
    this.refusals = refusals;
    this.topic = config.topic();
  }

  /** The channel's producer. */
  public KafkaProducer<String, Event> producer() {
    return clients.getProducer(CHANNEL);
  }

  /** Has the producer know the topic's partitions, so that the first record need not wait. */
  public void connect(Duration timeout) {
    producer().partitionsFor(topic).await().atMost(timeout);
  }

  /** Has the connector make the channel, whose producer is then used directly. */
  @Outgoing(CHANNEL)
  Flow.Publisher<Event> channel() {
    return Multi.createFrom().nothing();
  }

  @Incoming(EventBatches.CHANNEL)
  @Acknowledgment(Acknowledgment.Strategy.MANUAL)
  Uni<Void> publish(Message<EventBatch> message) {
    return producer()
        .runOnSendingThread(
            producer -> {
              send(producer, message);
            });
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback is told
  private void send(Producer<String, Event> producer, Message<EventBatch> message) {
    EventBatch batch = message.getPayload();
    EventSource source = emission.source();
    Delivery delivery = new Delivery(message, emission, refusals);
    Event event = new Event();
    for (int i = 0; i < batch.records(); i++) {
      long index = batch.firstIndex() + i;
      source.read(index, event);
      try {
        producer.send(new ProducerRecord<>(topic, event), delivery.of(index));
      } catch (SerializationException e) {
        delivery.failed(index, e);
      } catch (RuntimeException e) {
        delivery.aborted(e);
        return;
      }
    }
  }
}
