// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.fleet;

import dev.billion.producer.control.ControlLog;
import dev.billion.producer.control.Course;
import dev.billion.producer.control.EpochNanos;
import dev.billion.producer.control.Follower;
import dev.billion.producer.control.Sequences;
import dev.billion.producer.run.Emission;
import dev.billion.producer.run.Plan;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;

/** An emitter's part in a fleet's run, until the run ends or the member is closed. */
public final class Member implements AutoCloseable {

  private static final long LOOK_MILLIS = 500;
  private static final Duration CLOSE = Duration.ofSeconds(20);

  /** What a member consists of; it closes them. */
  record Parts(
      String topic,
      Emission emission,
      Admin admin,
      ControlLog log,
      Worker worker,
      Membership membership) {}

  private final Parts parts;
  private final Clock clock;
  private final long startNanos;
  private final Follower follower;
  private final ScheduledExecutorService lookout = Executors.newSingleThreadScheduledExecutor();
  private volatile Course course;

  @SuppressWarnings("FutureReturnValueIgnored") // it ends with its executor
  private Member(Parts parts, Course course, long startNanos, Clock clock) {
    this.parts = parts;
    this.course = course;
    this.startNanos = startNanos;
    this.clock = clock;
    this.follower = new Follower(parts.log(), this::follow, parts.emission()::lost);
    lookout.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  static Member join(Parts parts, Course course, Duration warmUp, int batchRecords, Clock clock) {
    long start = EpochNanos.of(clock);
    parts
        .emission()
        .join(
            new Plan(
                course.run(),
                course.schedule().shifted(-start),
                course.endNanos().map(end -> Duration.ofNanos(Math.max(1, end - start))),
                warmUp,
                batchRecords));
    Member member = new Member(parts, course, start, clock);
    parts.membership().join();
    return member;
  }

  /** For each shard the sequence that the whole fleet has committed. */
  public long[] nextSequences() throws InterruptedException {
    return Sequences.committed(parts.admin(), parts.topic(), course.run()).next();
  }

  /**
   * Leaves the fleet; the others take the shards over from where they are. Where no broker answers,
   * it gives up after 20 s: they then take them over when the session has timed out.
   */
  @Override
  public void close() throws InterruptedException {
    Deadline deadline = new Deadline(CLOSE);
    parts.membership().leave(deadline);
    parts.worker().close(deadline);
    follower.close(deadline.leftMillis());
    lookout.shutdown(); // not now: a client that is interrupted while it closes says so at length
    if (!lookout.awaitTermination(deadline.leftMillis(), TimeUnit.MILLISECONDS)) {
      lookout.shutdownNow();
    }
    parts.admin().close(Duration.ofMillis(deadline.leftMillis()));
  }

  private void follow(Course newCourse) {
    if (newCourse.run().id() != course.run().id()) {
      return; // a run before this one, or after it
    }
    course = newCourse;
    parts.emission().follow(newCourse.schedule().shifted(-startNanos));
    if (!newCourse.isOpen()) {
      parts.emission().stop();
    }
  }

  /** Whoever sees first that all is sent, says so. */
  private void look() {
    try {
      if (course.isOpen() && allIsSent()) {
        long run = course.run().id();
        parts
            .log()
            .update(
                present ->
                    present.map(
                        now ->
                            now.run().id() == run && now.isOpen()
                                ? now.with(Course.Status.DONE)
                                : now));
      }
    } catch (SerializationException e) {
      parts.emission().lost(e);
    } catch (KafkaException e) {
      // the broker is away: the next look will tell
    } catch (RuntimeException e) {
      parts.emission().lost(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean allIsSent() throws InterruptedException {
    Course now = course;
    long time = EpochNanos.of(clock);
    if (now.isHeld(time)) {
      return false;
    }
    if (now.schedule().rate().isMax() && now.endNanos().filter(end -> time >= end).isPresent()) {
      return true;
    }
    return Sequences.committed(parts.admin(), parts.topic(), now.run())
        .reach(now.run(), now.target());
  }
}
