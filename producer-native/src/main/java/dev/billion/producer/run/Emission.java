// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.run;

import dev.billion.producer.event.EventSource;
import dev.billion.producer.pacing.NanoClock;
import dev.billion.producer.pacing.Schedule;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The state of what is being emitted: which batch comes next, what is on its way, and when all is
 * done. Batches are handed out in order and come home in any. Safe for use by several threads; its
 * lock is taken once a batch, not once a record.
 */
@ApplicationScoped
public class Emission {

  private final NanoClock clock;
  private final Meters meters;
  private final CompletableFuture<Plan> started = new CompletableFuture<>();
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  private Plan plan;
  private EventSource source;
  private Schedule schedule;
  private long startNanos;
  private long handedOut;
  private long home;
  private long flowedNanos; // when a batch last came home, or left with none on its way
  private boolean ended;

  Emission(NanoClock clock, Meters meters) {
    this.clock = clock;
    this.meters = meters;
  }

  /** Begins; the schedule's time starts now. To be called once. */
  public synchronized void start(Plan newPlan) {
    plan = newPlan;
    source = new EventSource(plan.run());
    schedule = plan.schedule();
    startNanos = clock.nanos();
    flowedNanos = startNanos;
    meters.start(plan.rate(), this::inFlight);
    started.complete(plan);
  }

  /** Completes when the emission begins. */
  public CompletionStage<Plan> started() {
    return started;
  }

  /** Completes when every record handed out is home, fails with what made that impossible. */
  public CompletionStage<Void> done() {
    return done;
  }

  /** Hands out no more batches. What is on its way still comes home. */
  public synchronized void stop() {
    ended = true;
    completeIfHome();
  }

  /** ns until the next batch is due, none if it is late. */
  public synchronized long nanosUntilDue() {
    long last = handedOut + nextSize(0) - 1;
    return Math.max(0, schedule.intendedNanos(last) - elapsed());
  }

  /** The next batch, or none when the emission has ended. Late records leave in larger batches. */
  public synchronized Optional<EventBatch> next() {
    long now = elapsed();
    int size = nextSize(Math.max(0, schedule.dueAfter(now) - handedOut));
    if (ended || size == 0 || isOver(now)) {
      stop();
      return Optional.empty();
    }
    long intended = plan.rate().isMax() ? now : schedule.intendedNanos(handedOut);
    EventBatch batch = new EventBatch(handedOut, size, intended, now);
    if (inFlight() == 0) {
      flowedNanos = clock.nanos();
    }
    handedOut += size;
    meters.scheduleDelay(now - batch.intendedNanos());
    return Optional.of(batch);
  }

  /** Every record of the batch is delivered, or is a dead letter. */
  public synchronized void cameHome(EventBatch batch) {
    home += batch.records();
    flowedNanos = clock.nanos();
    meters.batchLatency(elapsed() - batch.readyNanos());
    completeIfHome();
  }

  /** A record of the batch is lost to this emitter. Ends the emission. */
  public synchronized void lost(Throwable failure) {
    ended = true;
    done.completeExceptionally(failure);
  }

  public synchronized EventSource source() {
    return source;
  }

  public Meters meters() {
    return meters;
  }

  /** Records handed out and not home. */
  public synchronized long inFlight() {
    return handedOut - home;
  }

  /** Records home: delivered or dead letters. */
  public synchronized long home() {
    return home;
  }

  /** ns since the start. */
  public synchronized long elapsed() {
    return clock.nanos() - startNanos;
  }

  /** ns for which records have been on their way and none came home; 0 when none is. */
  public synchronized long stalledNanos() {
    return inFlight() == 0 ? 0 : clock.nanos() - flowedNanos;
  }

  private int nextSize(long late) {
    long size = Math.max(plan.steadyBatch(), Math.min(late, plan.batchRecords()));
    return (int) Math.min(size, plan.target() - handedOut);
  }

  private boolean isOver(long now) {
    return plan.duration().isPresent()
        && plan.rate().isMax()
        && now >= plan.duration().get().toNanos();
  }

  private void completeIfHome() {
    if (ended && inFlight() == 0) {
      done.complete(null);
    }
  }
}
