// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.publish;

import dev.billion.producer.config.EmitterConfig;
import dev.billion.producer.deadletter.DeadLetters;
import dev.billion.producer.event.Event;
import dev.billion.producer.run.Emission;
import dev.billion.producer.run.EventBatch;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaProducer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Flow;
import org.apache.kafka.clients.producer.Producer;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Outgoing;

/**
 * The way from the stream of batches to Kafka. A batch is one reactive message; its events go to
 * the producer of the channel {@code user-events} one after the other, on that channel's sending
 * thread.
 *
 * <p>Why not a message per record: what SmallRye does for each (retry chain, context propagation, a
 * hop between threads) costs several times what Kafka's {@code send} costs. Demand, acknowledgement
 * and configuration stay SmallRye's; a batch is acknowledged when its last record is.
 *
 * <p>Why that thread: {@code send} blocks when the producer's buffer is full, which is the
 * back-pressure, so it must not run on an event loop; and one producer is fastest with one thread.
 * A batch also waits for dead letters, if many are on their way.
 */
@ApplicationScoped
public class EventPublisher {

  static final String CHANNEL = "user-events";

  private final KafkaClientService clients;
  private final Emission emission;
  private final EventSender sender;
  private final Refusals refusals;
  private final DeadLetters deadLetters;
  private final String topic;
  private volatile Route route = this::throughChannel;

  EventPublisher(
      KafkaClientService clients,
      Emission emission,
      EventSender sender,
      Refusals refusals,
      DeadLetters deadLetters,
      EmitterConfig config) {
    this.clients = clients;
    this.emission = emission;
    this.sender = sender;
    this.refusals = refusals;
    this.deadLetters = deadLetters;
    this.topic = config.topic();
  }

  /** The settings of the channel's producer. */
  public Map<String, ?> configuration() {
    return producer().configuration();
  }

  /** Has the producer know the topic's partitions, so that the first record need not wait. */
  public void connect(Duration timeout) {
    producer().partitionsFor(topic).await().atMost(timeout);
  }

  /** Sends batches another way than through the channel's producer. */
  public void use(Route newRoute) {
    route = newRoute;
  }

  /** Has the connector make the channel, whose producer is then used directly. */
  @Outgoing(CHANNEL)
  Flow.Publisher<Event> channel() {
    return Multi.createFrom().nothing();
  }

  @Incoming(EventBatches.CHANNEL)
  @Acknowledgment(Acknowledgment.Strategy.MANUAL)
  Uni<Void> publish(Message<EventBatch> message) {
    return deadLetters.room().chain(() -> route.publish(message));
  }

  private Uni<Void> throughChannel(Message<EventBatch> message) {
    return producer()
        .runOnSendingThread(
            producer -> {
              send(producer, message);
            });
  }

  private void send(Producer<String, Event> producer, Message<EventBatch> message) {
    emission.send(message.getPayload());
    Delivery delivery = new Delivery(message, emission, refusals);
    try {
      sender.send(producer, message.getPayload(), delivery);
      delivery.sent();
    } catch (RuntimeException e) {
      delivery.aborted(e);
    }
  }

  private KafkaProducer<String, Event> producer() {
    return clients.getProducer(CHANNEL);
  }
}
