// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.event;

import dev.billion.producer.run.Run;
import dev.billion.schemas.DeadLetterReason;
import dev.billion.schemas.WireFormat;
import java.util.Arrays;
import java.util.List;

/**
 * The records of a run that are no events: events' values with some damage that whoever reads them
 * must find. They follow events, one in each of the equal parts that their share cuts the run into,
 * at a place in it that the seed decides; the kinds of damage take turns. So their number, too, is
 * the same for the same run. For one thread.
 */
public final class Poison {

  /** What is wrong with them, as the reason that a reader is to find. */
  public static final List<DeadLetterReason> KINDS =
      List.of(
          DeadLetterReason.BAD_MAGIC,
          DeadLetterReason.TOO_SHORT,
          DeadLetterReason.UNKNOWN_SCHEMA_ID,
          DeadLetterReason.NOT_DECODABLE,
          DeadLetterReason.TRAILING_BYTES,
          DeadLetterReason.NULL_VALUE);

  /** Registries count their ids from 1. */
  private static final int UNKNOWN_ID = Integer.MAX_VALUE;

  private final EventSource source;
  private final Run run;
  private final Share share;
  private final long seedHash;
  private long part;
  private long from; // the part's first event
  private long to; // the one after its last
  private long at; // the event in it that poison follows

  Poison(EventSource source) {
    this.source = source;
    this.run = source.run();
    this.share = run.awkward().poison();
    this.seedHash = EventSource.mix(~run.seed());
    enter(0);
  }

  /** How many of a run's are below each shard's next sequence: so many are sent with its events. */
  public static long countBelow(Run run, long[] next) {
    if (run.awkward().poison().isNone()) {
      return 0;
    }
    long end = 0;
    for (int shard = 0; shard < next.length; shard++) {
      end = Math.max(end, run.indexOf(shard, next[shard] - 1) + 1);
    }
    Poison poison = new Poison(new EventSource(run));
    long count = 0;
    for (; poison.from < end; poison.enter(poison.part + 1)) {
      if (poison.at / run.shards() < next[(int) (poison.at % run.shards())]) {
        count++;
      }
    }
    return count;
  }

  /** The poison that follows an event, made of it; null where none does. */
  public Event after(int shard, long sequence) {
    long index = run.indexOf(shard, sequence);
    if (index < from || index >= to) {
      enter(share.part(index));
    }
    if (index != at) {
      return null;
    }
    Event event = new Event();
    source.read(shard, sequence, event);
    event.damage = KINDS.get((int) (part % KINDS.size()));
    return event;
  }

  private void enter(long newPart) {
    part = newPart;
    from = share.firstOf(part);
    to = share.firstOf(part + 1);
    at = from + Long.remainderUnsigned(EventSource.mix(seedHash ^ part), to - from);
  }

  /**
   * An event's value with the damage that the event is to have.
   *
   * @param value in wire format; stays as it is
   */
  public static byte[] damaged(Event event, byte[] value) {
    int body = value.length - WireFormat.HEADER_BYTES;
    return switch (event.damage) {
      case BAD_MAGIC -> {
        byte[] copy = value.clone();
        copy[0] = WireFormat.MAGIC + 1;
        yield copy;
      }
      case TOO_SHORT -> Arrays.copyOf(value, WireFormat.HEADER_BYTES - 1);
      case UNKNOWN_SCHEMA_ID -> {
        byte[] copy = value.clone();
        WireFormat.writeHeader(copy, UNKNOWN_ID);
        yield copy;
      }
      // Avro reads on to the last byte of a body, so half of one never is one
      case NOT_DECODABLE -> Arrays.copyOf(value, WireFormat.HEADER_BYTES + body / 2);
      case TRAILING_BYTES -> Arrays.copyOf(value, value.length + 1);
      case NULL_VALUE -> null;
      default -> throw new IllegalArgumentException("not a kind of poison: " + event.damage);
    };
  }
}
