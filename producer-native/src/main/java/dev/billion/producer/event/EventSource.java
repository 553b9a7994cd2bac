// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.event;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.billion.producer.run.Run;
import dev.billion.schemas.EventId;
import dev.billion.schemas.EventType;

/**
 * The events of a run, each a function of the run and its number alone: whoever asks, whenever,
 * gets the same bytes.
 *
 * <p>A hash of (seed, shard, sequence) is stretched into as many random words as an event needs by
 * the SplitMix64 generator (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators,
 * OOPSLA 2014). Users are drawn with a Zipf-like skew: rank {@code N * u^4} has density
 * proportional to rank^-0.75. Allocates nothing. Safe for use by several threads.
 */
public final class EventSource {

  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final long USERS = 10_000_000;

  /** A user's visit lasts for 2^23 events of the whole run: half a minute at a billion an hour. */
  private static final int VISIT_BITS = 23;

  private static final double UNIT = 0x1.0p-53;
  private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);

  private final Run run;
  private final long seedHash;
  private final long startMicros;
  private final double microsPerEvent;
  private final boolean plain;
  private final Shop shop = new Shop();

  public EventSource(Run run) {
    this.run = run;
    this.seedHash = mix(run.seed() + GOLDEN_GAMMA);
    this.startMicros = run.id() * 1000;
    this.microsPerEvent = 1e6 / run.eventRate();
    this.plain = !run.awkward().changesEvents();
  }

  public Run run() {
    return run;
  }

  /** Fills {@code event} with event {@code index} of the run. */
  public void read(long index, Event event) {
    read((int) (index % run.shards()), index / run.shards(), event);
  }

  /** Fills {@code event} with an event of the run. */
  public void read(int shard, long sequence, Event event) {
    long index = run.indexOf(shard, sequence);
    event.idHigh = EventId.high(run.id(), shard);
    event.idLow = EventId.low(sequence);
    event.timeMicros = startMicros + (long) (index * microsPerEvent);

    long state = mix(seedHash ^ EventId.high(0, shard)) ^ sequence;
    state += GOLDEN_GAMMA;
    long who = mix(state);
    state += GOLDEN_GAMMA;
    long what = mix(state);

    double u = (who >>> 11) * UNIT;
    event.userId = (long) (USERS * (u * u * u * u));
    writeHex(mix(seedHash + event.userId * GOLDEN_GAMMA + (index >>> VISIT_BITS)), event);

    event.type = shop.types.pick(what);
    event.device = shop.devices.pick(what >>> 10);
    Shop.Region region = shop.regions.pick(what >>> 20);
    event.region = region.name();
    Shop.Category category = shop.categories.pick(what >>> 30);
    event.category = category.name();
    event.page = category.pages().pick(what >>> 40);
    event.referrer = shop.referrers.pick(what >>> 50);

    boolean purchase = event.type == EventType.PURCHASE;
    event.amountCents = purchase ? shop.price(who) : null;
    event.currency = purchase ? region.currency() : null;
    if (!plain) {
      change(event, state);
    }
  }

  /** An event in the newest version of the schema that the run has. */
  public Event ofNewestSchema() {
    Event event = new Event();
    read(0, event);
    event.version = run.awkward().schemas().newest();
    event.appVersion = event.version > 1 ? shop.appVersions.pick(0) : null;
    return event;
  }

  /** The run's poison, of which each thread has its own; null if it has none. */
  public Poison poison() {
    return run.awkward().poison().isNone() ? null : new Poison(this);
  }

  /** Draws from the words after those of the contents, so that these stay as they are. */
  private void change(Event event, long contentState) {
    Awkward awkward = run.awkward();
    long state = contentState + GOLDEN_GAMMA;
    boolean late = awkward.late().share().takes(mix(state));
    state += GOLDEN_GAMMA;
    if (late) {
      double u = (mix(state) >>> 11) * UNIT;
      event.timeMicros -= 1 + (long) (u * (awkward.late().atMost().toMillis() * 1000));
    }
    state += GOLDEN_GAMMA;
    event.version = awkward.schemas().pick(mix(state));
    state += GOLDEN_GAMMA;
    event.appVersion = event.version > 1 ? shop.appVersions.pick(mix(state)) : null;
  }

  private static void writeHex(long word, Event event) {
    byte[] digits = event.sessionId.getBytes();
    long rest = word;
    for (int i = digits.length - 1; i >= 0; i--) {
      digits[i] = HEX[(int) rest & 0xF];
      rest >>>= 4;
    }
    event.sessionId.setByteLength(digits.length); // drops what it remembers of the bytes before
  }

  /** SplitMix64's output function (Stafford's variant 13). */
  static long mix(long word) {
    long z = (word ^ (word >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
