// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.run;

import dev.billion.producer.event.Awkward;
import dev.billion.schemas.EventId;
import java.util.HexFormat;

/**
 * What is to be emitted: a numbered series of events, cut into shards like cards dealt to players.
 * Event {@code index} is sequence {@code index / shards} of shard {@code index % shards}. With the
 * run everything about an event is decided; when and by whom it is sent is not.
 *
 * @param id the run's identity, 0 to {@link EventId#MAX_RUN}, and at once the time of its first
 *     event in milliseconds since 1970
 * @param seed what the events' contents are drawn from
 * @param shards 1 to 4,096
 * @param records how many events there are, {@link #UNBOUNDED} for no end
 * @param eventRate events per second of event time
 * @param awkward what is awkward about its data
 */
public record Run(long id, long seed, int shards, long records, long eventRate, Awkward awkward) {

  public static final long UNBOUNDED = Long.MAX_VALUE;
  public static final int MAX_SHARDS = EventId.MAX_SHARD + 1;

  /** A billion an hour. */
  public static final long DEFAULT_EVENT_RATE = 277_778;

  /**
   * @throws IllegalArgumentException if a part is out of its range
   */
  public Run {
    requireInRange("run", id, 0, EventId.MAX_RUN);
    requireInRange("shards", shards, 1, MAX_SHARDS);
    requireInRange("records", records, 0, UNBOUNDED);
    requireInRange("event rate", eventRate, 1, 1_000_000_000);
  }

  /** A run with nothing awkward about its data. */
  public Run(long id, long seed, int shards, long records, long eventRate) {
    this(id, seed, shards, records, eventRate, Awkward.NONE);
  }

  /**
   * A run's id from its 12 hexadecimal digits.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static long parseId(String text) {
    if (!text.matches("[0-9a-fA-F]{1,12}")) {
      throw new IllegalArgumentException(
          "not a run: '%s' (valid: up to 12 hexadecimal digits)".formatted(text));
    }
    return HexFormat.fromHexDigitsToLong(text);
  }

  /** The run's id as 12 hexadecimal digits. */
  public String name() {
    return HexFormat.of().toHexDigits(id, 12);
  }

  /** The event's number in the run. */
  public long indexOf(int shard, long sequence) {
    return sequence * shards + shard;
  }

  /** The sequence of a shard that comes after the run's first {@code count} events. */
  public long nextSequence(int shard, long count) {
    long whole = count / shards;
    return count % shards > shard ? whole + 1 : whole;
  }

  private static void requireInRange(String name, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "must be from %d to %d: %s=%d".formatted(min, max, name, value));
    }
  }
}
