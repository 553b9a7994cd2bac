// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.demo;

import dev.billion.local.program.Program;
import java.time.Duration;

/** Follows a run from its offsets and from what its programs say. For one thread. */
final class Tracker {

  private static final Duration WINDOW = Duration.ofSeconds(5);

  private final DemoOptions options;
  private final Program producer;
  private final Sink sink;
  private final Offsets before;
  private final Patience patience;
  private final long startedAt;
  private final Meter sent = new Meter(WINDOW);
  private final Meter committed = new Meter(WINDOW);
  private Offsets offsets;
  private long now;
  private long firstSentAt;
  private boolean anySent;
  private boolean anyCommitted;
  private long producedAt;
  private boolean produced;

  /**
   * @param before what was in the topic before the run
   * @param nanos the time now
   */
  Tracker(DemoOptions options, Program producer, Sink sink, Offsets before, long nanos) {
    this.options = options;
    this.producer = producer;
    this.sink = sink;
    this.before = before;
    this.offsets = before;
    this.startedAt = nanos;
    this.now = nanos;
    this.patience = new Patience(options.deadlines());
  }

  /**
   * Takes the present state in.
   *
   * @throws dev.billion.local.LocalStackException if nothing has moved for too long
   */
  void update(long nanos, Offsets offsets) {
    boolean ended = producer.ended();
    this.now = nanos;
    this.offsets = offsets;
    sent.read(nanos, sent());
    committed.read(nanos, offsets.committed());
    if (!anySent && offsets.end() > before.end()) {
      anySent = true;
      firstSentAt = nanos;
    }
    anyCommitted |= offsets.committed() > before.committed();
    if (ended && !produced) {
      produced = true;
      producedAt = nanos;
      return;
    }
    checkPatience();
  }

  /**
   * Whether the producer had ended before the offsets were read that the sink has all committed.
   */
  boolean done() {
    return produced && now > producedAt && offsets.drained();
  }

  /** When an offset was last committed. */
  long committedAt() {
    return committed.changedAt();
  }

  /** From the first record in the topic to the last commit. */
  double seconds() {
    return Math.max(0, committedAt() - firstSentAt) / 1e9;
  }

  Progress progress() {
    return new Progress(
        Duration.ofNanos(now - startedAt),
        options.records(),
        sent(),
        // the markers of transactions take offsets too: never show more than was sent
        Math.max(0, Math.min(sent(), offsets.committed() - before.end())),
        offsets.lag(),
        sent.perSecond(),
        committed.perSecond(),
        sink.deadLetters(),
        sink.restarts());
  }

  private long sent() {
    return produced
        ? producer.summary().path("records").asLong()
        : producer.feed().progress("sent");
  }

  private void checkPatience() {
    if (produced) {
      patience.draining(Duration.ofNanos(now - producedAt));
    } else {
      patience.producing(anySent, Duration.ofNanos(now - sent.changedAt()));
    }
    if (anySent && !offsets.drained()) {
      long since = Math.max(firstSentAt, committedAt());
      patience.committing(anyCommitted, Duration.ofNanos(now - since));
    }
  }
}
