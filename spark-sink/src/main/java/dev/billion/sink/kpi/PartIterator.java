// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

import dev.billion.sink.scan.FlatScan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.stream.IntStream;
import scala.Tuple2;

/**
 * Adds up a task's events by key, and hands out what it has, by minute, at the end and whenever
 * that gets large: events are mostly of few minutes, but those of all times must not fill the heap.
 * A key is two numbers while events are added up: the minute and the code of the currency, and the
 * codes of the four others.
 */
final class PartIterator implements Iterator<Tuple2<KpiKey, KpiPart>> {

  static final int MOST_KEYS = 1 << 17;
  private static final long MOST_BYTES = 64 << 20;

  private static final int CODE_BITS = 16;
  private static final int CODE_MASK = (1 << CODE_BITS) - 1;

  /** With those of a block more there are less than a code can tell apart. */
  private static final int MOST_TEXTS = 1 << (CODE_BITS - 1);

  private static final int TEXTS = 5;

  private final EventScan events;
  private final int mostKeys;
  private final long mostBytes;
  private final TextCodes[] texts = new TextCodes[TEXTS];
  private final KeyTable keys = new KeyTable();
  private final EventSums sums = new EventSums();
  private Iterator<Integer> ready = Collections.emptyIterator();
  private boolean hasMore;
  private final int[] ids = new int[FlatScan.BLOCK];
  private final long[] lows = new long[FlatScan.BLOCK];
  private final long[] highs = new long[FlatScan.BLOCK];

  PartIterator(EventScan events) {
    this(events, MOST_KEYS, MOST_BYTES);
  }

  /**
   * @param mostKeys how many keys are large
   * @param mostBytes how much memory is large, for what is known of them
   */
  PartIterator(EventScan events, int mostKeys, long mostBytes) {
    this.events = events;
    this.mostKeys = mostKeys;
    this.mostBytes = mostBytes;
    this.hasMore = next(events);
    Arrays.setAll(texts, i -> new TextCodes());
  }

  @Override
  public boolean hasNext() {
    if (!ready.hasNext() && hasMore) {
      keys.clear();
      sums.clear();
      for (TextCodes text : texts) {
        text.clear();
      }
      do {
        addBlock();
        hasMore = next(events);
      } while (!isFull() && hasMore);
      ready =
          IntStream.range(0, keys.size())
              .boxed()
              .sorted(Comparator.comparingLong(this::minute))
              .iterator();
    }
    return ready.hasNext();
  }

  @Override
  public Tuple2<KpiKey, KpiPart> next() {
    int id = ready.next();
    return new Tuple2<>(key(id), sums.part(id));
  }

  /** Adds up, and says whether that was all, so that no key is handed out in two parts. */
  boolean isAllReady() {
    return !hasNext() || !hasMore;
  }

  private boolean isFull() {
    return keys.size() >= mostKeys
        || sums.bytes() >= mostBytes
        || Arrays.stream(texts).anyMatch(text -> text.size() >= MOST_TEXTS);
  }

  private void addBlock() {
    int rows = events.rows();
    Arrays.fill(lows, 0, rows, 0);
    for (int i = 0; i < TEXTS - 1; i++) {
      texts[i].appendTo(lows, rows, CODE_BITS, events.texts.get(i));
    }
    long[] times = events.time.values();
    for (int row = 0; row < rows; row++) {
      highs[row] = Math.floorDiv(times[row], KpiKey.MICROS_OF_MINUTE);
    }
    texts[TEXTS - 1].appendTo(highs, rows, CODE_BITS, events.texts.get(TEXTS - 1));
    for (int row = 0; row < rows; row++) {
      ids[row] = keys.idOf(highs[row], lows[row]);
    }
    sums.add(ids, rows, events.cents.values(), events.user.values(), events.ingest.values());
  }

  private static boolean next(EventScan events) {
    try {
      return events.next();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long minute(int id) {
    return (keys.high(id) >> CODE_BITS) * KpiKey.MICROS_OF_MINUTE;
  }

  private KpiKey key(int id) {
    long low = keys.low(id);
    return new KpiKey(
        minute(id),
        texts[0].text((int) (low >>> (3 * CODE_BITS))),
        texts[1].text((int) (low >>> (2 * CODE_BITS)) & CODE_MASK),
        texts[2].text((int) (low >>> CODE_BITS) & CODE_MASK),
        texts[3].text((int) low & CODE_MASK),
        texts[4].text((int) keys.high(id) & CODE_MASK));
  }
}
