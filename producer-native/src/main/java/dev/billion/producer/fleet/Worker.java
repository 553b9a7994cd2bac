// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.fleet;

import dev.billion.producer.event.Event;
import dev.billion.producer.publish.EventSender;
import dev.billion.producer.publish.Route;
import dev.billion.producer.run.BackPressure;
import dev.billion.producer.run.Emission;
import dev.billion.producer.run.EventBatch;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * Sends a member's batches and commits them, a unit of work at a time. When anything goes wrong the
 * unit is undone and everything begins again from what is committed: the same path for a broker
 * that was away, a rebalance that came in between, and a member that was given up for dead.
 *
 * <p>All of it happens on one thread, the producer's; {@link #condemn} alone is for any.
 */
final class Worker implements Route, Membership.Work {

  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Emission emission;
  private final BackPressure backPressure;
  private final EventSender sender;
  private final Refused refused;
  private final Supplier<Producer<String, Event>> producers;
  private final Duration commitInterval;
  private final Duration revocationTimeout;
  private final Consumer<String> onTrouble;
  private final SendingThread thread = new SendingThread();
  private final AtomicInteger losses = new AtomicInteger();

  private Membership membership;
  private Outlet outlet;
  private UnitOfWork unit;
  private int lossesBefore;
  private boolean rolledBackSinceCommit;

  /**
   * @param producers makes a producer, which the worker closes
   * @param commitInterval the longest that a unit of work stays open
   * @param revocationTimeout how long the group may have to wait for a commit
   */
  Worker(
      Emission emission,
      BackPressure backPressure,
      EventSender sender,
      Refused refused,
      Supplier<Producer<String, Event>> producers,
      Duration commitInterval,
      Duration revocationTimeout,
      Consumer<String> onTrouble) {
    this.emission = emission;
    this.backPressure = backPressure;
    this.sender = sender;
    this.refused = refused;
    this.producers = producers;
    this.commitInterval = commitInterval;
    this.revocationTimeout = revocationTimeout;
    this.onTrouble = onTrouble;
  }

  /**
   * Connects, so that the first batch need not wait. To be called once, before the member joins.
   */
  void start(Membership member, Guarantee guarantee)
      throws ExecutionException, InterruptedException {
    membership = member;
    outlet = new Outlet(producers, Commits.of(guarantee, member));
    thread.await(outlet::connect);
  }

  @Override
  public Uni<Void> publish(Message<EventBatch> message) {
    return Uni.createFrom().voidItem().emitOn(thread).invoke(() -> send(message));
  }

  @Override
  public void commitBeforeRevocation() {
    try {
      thread.await(this::commit, revocationTimeout);
    } catch (TimeoutException e) {
      condemn();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      condemn();
    }
  }

  @Override
  public void condemn() {
    losses.incrementAndGet();
  }

  /** Commits what is open and ends. */
  void close(Deadline deadline) throws InterruptedException {
    thread.execute(this::commit);
    thread.execute(() -> outlet.close(commitInterval));
    thread.end(deadline);
  }

  private void send(Message<EventBatch> message) {
    EventBatch batch = message.getPayload();
    int lossesSeen = losses.get(); // before the batch is found valid: see Membership
    if (!outlet.isConnected() || !emission.send(batch)) {
      emission.returned(batch);
      return;
    }
    try {
      boolean first = unit == null;
      if (first) {
        open(lossesSeen);
      }
      unit.add(message); // at once: what fails from here on takes it back
      if (first) {
        outlet.begin();
      }
      sender.send(outlet.producer(), batch, unit);
    } catch (RuntimeException e) {
      rollBack(e);
    }
  }

  private void open(int lossesSeen) {
    lossesBefore = lossesSeen;
    UnitOfWork opened = new UnitOfWork(emission, refused, outlet.allOrNothing());
    unit = opened;
    thread.after(
        commitInterval,
        () -> {
          if (unit == opened) {
            commit();
          }
        });
  }

  private void commit() {
    if (unit == null) {
      return;
    }
    try {
      ConsumerGroupMetadata member = membership.metadata(); // before the check: see Membership
      requireHeld();
      commitWaiting(member);
      unit.committed();
      unit = null;
      rolledBackSinceCommit = false;
    } catch (RuntimeException e) {
      rollBack(e);
    }
  }

  /** It waits for what was sent to arrive: back-pressure, so far as more is due meanwhile. */
  private void commitWaiting(ConsumerGroupMetadata member) {
    backPressure.begin();
    try {
      unit.commit(outlet, member, membership.topic());
    } finally {
      backPressure.end(emission.overdueNanos());
    }
  }

  private void requireHeld() {
    if (losses.get() != lossesBefore) {
      throw new KafkaException("shards were given to other members");
    }
  }

  private void rollBack(RuntimeException failure) {
    trouble("rolled back: " + reason(failure));
    unit.rolledBack();
    unit = null;
    outlet.abort();
    if (rolledBackSinceCommit) { // by a cause that stays, it seems
      thread.after(RETRY, this::resume);
    } else {
      rolledBackSinceCommit = true;
      resume();
    }
  }

  private void resume() {
    try {
      refused.await();
      outlet.connect();
      membership.resume();
    } catch (KafkaException e) {
      trouble("cannot resume yet: " + e.getMessage());
      thread.after(RETRY, this::resume);
    }
  }

  /** Begins again from what is committed, later. */
  private void trouble(String what) {
    onTrouble.accept(what);
    emission.takeBack(what);
  }

  private static String reason(Throwable failure) {
    if (failure.getCause() != null) {
      return reason(failure.getCause());
    }
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
