// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.billion.producer.event.Event;
import dev.billion.producer.pacing.Profile;
import dev.billion.producer.pacing.Rate;
import dev.billion.producer.pacing.Schedule;
import dev.billion.producer.publish.Senders;
import dev.billion.producer.run.BackPressure;
import dev.billion.producer.run.Emission;
import dev.billion.producer.run.Emissions;
import dev.billion.producer.run.EventBatch;
import dev.billion.producer.run.Plan;
import dev.billion.producer.run.Run;
import dev.billion.producer.run.Slice;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkerTest {

  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration ALMOST_A_SECOND = Duration.ofMillis(900);
  private static final TopicPartition SHARD = new TopicPartition("shards", 3);
  private static final Slice LAST_SIX = new Slice(3, 4, 6);

  private final List<String> troubles = new CopyOnWriteArrayList<>();
  private final List<Exception> failures = new CopyOnWriteArrayList<>();
  private final MockConsumer<byte[], byte[]> group = new MockConsumer<>("earliest");
  private final MockProducer<String, Event> failing = producer();
  private final MockProducer<String, Event> another = producer();
  private final Queue<MockProducer<String, Event>> producers = new ArrayDeque<>();
  private final Emission emission = Emissions.fresh();
  private final BackPressure backPressure = Emissions.backPressure();
  private final Worker worker =
      new Worker(
          emission,
          backPressure,
          Senders.of(emission, backPressure),
          new Refused(emission, null), // none is
          producers::remove,
          Duration.ofMillis(20),
          SOON,
          troubles::add);
  private final Membership membership =
      new Membership(group, "shards", SOON, emission, worker, failures::add);

  @AfterEach
  void close() throws InterruptedException {
    membership.leave(new Deadline(SOON));
    worker.close(new Deadline(SOON));
    assertThat(failures).isEmpty();
  }

  @Test
  void aBatchWhoseTransactionDoesNotBeginIsTakenBackAndSentAgain() throws Exception {
    // Given
    failing.beginTransactionException = new KafkaException("not now");
    join(failing, another);

    // When
    publishNext();
    publishNext();

    // Then
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(another.commitCount()).as(troubles::toString).isOne());
    assertThat(troubles).containsExactly("rolled back: not now");
    assertThat(failing.history()).isEmpty();
    assertThat(another.history()).hasSize(LAST_SIX.records());
    assertThat(another.consumerGroupOffsetsHistory())
        .singleElement()
        .satisfies(
            offsets ->
                assertThat(offsets.values())
                    .containsExactly(Map.of(SHARD, new OffsetAndMetadata(10))));
    await().atMost(SOON).untilAsserted(() -> assertThat(emission.inFlight()).isZero());
  }

  @Test
  void aMemberThatRollsBackAgainWaitsBeforeItGoesOn() throws Exception {
    // Given
    MockProducer<String, Event> failingToo = producer();
    failing.beginTransactionException = new KafkaException("not now");
    failingToo.beginTransactionException = new KafkaException("nor now");
    join(failing, failingToo, another);

    // When
    publishNext();
    publishNext();
    long before = System.nanoTime();
    publishNext();

    // Then
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(ALMOST_A_SECOND);
    await().atMost(SOON).untilAsserted(() -> assertThat(another.commitCount()).isOne());
    assertThat(troubles).containsExactly("rolled back: not now", "rolled back: nor now");
  }

  /** A member with one shard, of which six records are left. */
  @SafeVarargs
  private void join(MockProducer<String, Event>... oneAfterAnother) throws Exception {
    producers.addAll(List.of(oneAfterAnother));
    emission.join(
        new Plan(
            new Run(1, 1, 64, 640, 1000),
            Schedule.of(Rate.MAX, Profile.CONSTANT),
            Optional.empty(),
            SOON,
            1024));
    group.schedulePollTask(
        () -> {
          group.commitSync(Map.of(SHARD, new OffsetAndMetadata(4)));
          group.rebalance(List.of(SHARD));
        });
    worker.start(membership, Guarantee.EXACTLY_ONCE);
    membership.join();
  }

  private static MockProducer<String, Event> producer() {
    MockProducer<String, Event> producer =
        new MockProducer<>(true, null, new StringSerializer(), (topic, event) -> new byte[0]);
    NoWait noWait = new NoWait();
    producer.setMockMetrics(noWait.metricName(), noWait);
    return producer;
  }

  /** The producer's buffer has had room all the time. */
  private record NoWait() implements Metric {

    @Override
    public MetricName metricName() {
      return new MetricName("bufferpool-wait-time-ns-total", "producer-metrics", "", Map.of());
    }

    @Override
    public Object metricValue() {
      return 0.;
    }
  }

  /** Publishes what the shard has, as soon as it is granted. */
  private void publishNext() {
    await().atMost(SOON).untilAsserted(() -> assertThat(emission.held()).containsExactly(3));
    EventBatch batch = emission.next().orElseThrow();
    assertThat(batch.slices()).containsExactly(LAST_SIX);
    Message<EventBatch> message =
        Message.of(
            batch,
            () -> {
              emission.cameHome(batch);
              return CompletableFuture.completedFuture(null);
            });
    worker.publish(message).await().atMost(SOON);
  }
}
