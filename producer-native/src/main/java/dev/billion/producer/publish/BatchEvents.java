// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.publish;

import dev.billion.producer.append.OpenBatch;
import dev.billion.producer.event.Event;
import dev.billion.producer.event.EventSource;
import dev.billion.producer.event.Poison;
import dev.billion.producer.run.Slice;
import java.util.Iterator;
import java.util.List;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.common.errors.SerializationException;

/**
 * The events of a batch, slice by slice, made as they are asked for. Those that are neither skipped
 * nor followed by poison can be appended to an open batch of the producer. For one thread.
 */
final class BatchEvents implements OpenBatch.Records<Event> {

  private final EventSource source;
  private final Poison poison;
  private final Outcome outcome;
  private final Event event = new Event();
  private final Iterator<Slice> slices;
  private int shard;
  private long sequence;
  private long end;
  private AppendedEvents appended; // those before the present one; null if it is not to join them

  BatchEvents(List<Slice> slices, EventSource source, Outcome outcome) {
    this.source = source;
    this.poison = source.poison();
    this.outcome = outcome;
    this.slices = slices.iterator();
    beginSlice();
  }

  private void beginSlice() {
    appended = null;
    while (sequence == end && slices.hasNext()) {
      Slice slice = slices.next();
      shard = slice.shard();
      sequence = slice.first();
      end = slice.next();
    }
  }

  /** Whether any are left, be they to be sent or to be skipped. */
  boolean remain() {
    return sequence < end;
  }

  /** Whether the present one is not to be sent: it is a dead letter already. */
  boolean isSkipped() {
    return outcome.skips(shard, sequence);
  }

  /** The present one could not be encoded. */
  void failed(SerializationException failure) {
    outcome.failed(shard, sequence, failure);
  }

  /** The poison that follows the present one; null if none does, or none that is to be sent. */
  Event poison() {
    Event following = poison == null ? null : poison.after(shard, sequence);
    return following == null || outcome.skipsPoison(shard, sequence) ? null : following;
  }

  /** What the producer calls when it knows of that poison. */
  Callback poisonCallback() {
    return outcome.ofPoison(shard, sequence);
  }

  @Override
  public boolean hasNext() {
    return remain() && !isSkipped() && poison() == null;
  }

  @Override
  public Event value() {
    source.read(shard, sequence, event);
    return event;
  }

  @Override
  public Callback callback() {
    if (appended == null) {
      appended = new AppendedEvents(outcome, shard, sequence);
    }
    return appended;
  }

  /** What the producer calls when it knows of the present one, which is sent on its own. */
  Callback callbackOfOne() {
    return new SentEvent(outcome, shard, sequence);
  }

  /** To the next one, which is not appended together with those before the present one. */
  void pass() {
    appended = null;
    next();
  }

  @Override
  public void advance() {
    appended.add();
    next();
  }

  private void next() {
    sequence++;
    if (sequence == end) {
      beginSlice();
    }
  }
}
