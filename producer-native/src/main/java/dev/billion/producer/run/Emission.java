// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.run;

import dev.billion.producer.event.EventSource;
import dev.billion.producer.pacing.NanoClock;
import dev.billion.producer.pacing.Schedule;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The state of what is being emitted: which shards are held, which batch comes next, what is on its
 * way, and when all is done. Batches are handed out in order and come home in any. Safe for use by
 * several threads; its lock is taken once a batch, not once a record.
 *
 * <p>A singleton, like all that is called for each record: any other bean is called through a proxy
 * that looks it up.
 */
@Singleton
public class Emission {

  /** How soon a member of a fleet looks again when nothing is due: its course may change. */
  private static final long IDLE_NANOS = 20_000_000;

  private final NanoClock clock;
  private final Meters meters;
  private final CompletableFuture<Plan> started = new CompletableFuture<>();
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  private Plan plan;
  private EventSource source;
  private Shards shards;
  private boolean alone;
  private long startNanos;
  private long inFlight;
  private long flowedNanos; // when a batch last came home, or left with none on its way
  private String setback; // why what was on its way was taken back; null once any came home
  private boolean ended;

  Emission(NanoClock clock, Meters meters) {
    this.clock = clock;
    this.meters = meters;
  }

  /**
   * Begins with all shards held from their first event on, and ends when all is handed out. The
   * schedule's time starts now. To be called once.
   */
  public synchronized void start(Plan newPlan) {
    begin(newPlan, true);
    grant(
        IntStream.range(0, newPlan.run().shards())
            .boxed()
            .collect(Collectors.toMap(shard -> shard, shard -> 0L)));
    started.complete(newPlan);
  }

  /** Begins with no shard, as a member of a fleet. It ends when it is told to. */
  public synchronized void join(Plan newPlan) {
    begin(newPlan, false);
    started.complete(newPlan);
  }

  private void begin(Plan newPlan, boolean allMine) {
    plan = newPlan;
    alone = allMine;
    source = new EventSource(plan.run());
    shards = new Shards(plan.run());
    startNanos = clock.nanos();
    flowedNanos = startNanos;
    meters.start(this);
  }

  /** Completes when the emission begins. */
  public CompletionStage<Plan> started() {
    return started;
  }

  /** Completes when every record handed out is home, fails with what made that impossible. */
  public CompletionStage<Void> done() {
    return done;
  }

  /** Follows another schedule from now on, ns after the start. */
  public synchronized void follow(Schedule schedule) {
    plan = plan.with(schedule);
  }

  /** Holds these shards too, from their next sequences on. */
  public synchronized void grant(Map<Integer, Long> nextSequences) {
    if (nextSequences.isEmpty()) {
      setback = null; // what was taken back is for others to send
    }
    shards.grant(nextSequences);
  }

  /** Hands out nothing more of these shards. */
  public synchronized void revoke(Collection<Integer> revoked) {
    shards.revoke(revoked);
  }

  /**
   * Hands out nothing more, until shards are granted again.
   *
   * @param reason why what is on its way is taken back
   */
  public synchronized void takeBack(String reason) {
    setback = reason;
    shards.revokeAll();
  }

  /** Why records were taken back to be sent again, until any come home. */
  public synchronized Optional<String> setback() {
    return Optional.ofNullable(setback);
  }

  /** Hands out no more batches. What is on its way still comes home. */
  public synchronized void stop() {
    ended = true;
    completeIfHome();
  }

  /** ns until the next batch is due, none if it is late. */
  public synchronized long nanosUntilDue() {
    OptionalLong wait = ended ? OptionalLong.empty() : timing().nanosUntil(elapsed());
    if (alone) {
      return wait.orElse(0);
    }
    return ended ? 0 : Math.min(wait.orElse(IDLE_NANOS), IDLE_NANOS);
  }

  /** The next batch, with what is due by now; none when the emission has ended. */
  public synchronized Optional<EventBatch> next() {
    long now = elapsed();
    long end = plan.target();
    if (ended || plan.isOver(now) || alone && shards.earliest(end) == Run.UNBOUNDED) {
      stop();
      return Optional.empty();
    }
    long due = Math.min(plan.schedule().dueAt(now), end);
    long first = shards.earliest(due);
    List<Slice> slices = shards.take(due, plan.batchRecords());
    int records = slices.stream().mapToInt(Slice::records).sum();
    long intended = records == 0 ? now : timing().intendedNanos(first, now);
    if (records == 0 && shards.count() > 0) {
      setback = null; // none of what was taken back is left to be sent from here
    }
    if (inFlight == 0 && setback == null) {
      flowedNanos = clock.nanos();
    }
    inFlight += records;
    if (records > 0) {
      meters.scheduleDelay(now - intended, plan.isSteady(now));
    }
    return Optional.of(new EventBatch(slices, records, shards.holding(), intended, now));
  }

  /** ns for which the next record of those held has been due, 0 if it is not. */
  public synchronized long overdueNanos() {
    return ended ? 0 : timing().overdueNanos(elapsed());
  }

  private Timing timing() {
    return new Timing(plan, shards);
  }

  /** Whether the batch may be sent: not if shards were granted or revoked since it was made. */
  public synchronized boolean send(EventBatch batch) {
    return shards.send(batch);
  }

  /** Every record of the batch is delivered, or is a dead letter. */
  public synchronized void cameHome(EventBatch batch) {
    meters.batchLatency(elapsed() - batch.readyNanos());
    flowedNanos = clock.nanos();
    setback = null;
    returned(batch);
  }

  /** The batch was not sent, or was taken back. */
  public synchronized void returned(EventBatch batch) {
    inFlight -= batch.records();
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

  public synchronized Plan plan() {
    return plan;
  }

  public Meters meters() {
    return meters;
  }

  /** For each shard the sequence after the last that was sent from here. */
  public synchronized long[] nextSequences() {
    return shards.nextSequences();
  }

  /** The shards that are held. */
  public synchronized Set<Integer> held() {
    return shards.held();
  }

  /** Records/s that the whole run is to be sent at now. */
  public synchronized double targetPerSecond() {
    return plan.schedule().perSecond(elapsed());
  }

  /** Records handed out and not home. */
  public synchronized long inFlight() {
    return inFlight;
  }

  /** ns since the start. */
  public synchronized long elapsed() {
    return clock.nanos() - startNanos;
  }

  /**
   * ns for which records have been on their way, or were taken back to be sent again, however
   * often, and none came home; 0 when there are none.
   */
  public synchronized long stalledNanos() {
    return inFlight == 0 && (setback == null || ended) ? 0 : clock.nanos() - flowedNanos;
  }

  private void completeIfHome() {
    if (ended && inFlight == 0) {
      done.complete(null);
    }
  }
}
