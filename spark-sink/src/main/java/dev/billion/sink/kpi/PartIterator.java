// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.Tuple2;

/**
 * Adds up a task's events by key. It hands out what it has whenever that gets large: events are
 * mostly of few minutes, but those of all times must not fill the heap.
 */
final class PartIterator implements Iterator<Tuple2<KpiKey, KpiPart>> {

  /** Up to 4 KiB each, and that only where there are very many events. */
  private static final int MOST_KEYS = 32_768;

  private final Iterator<InternalRow> events;
  private Iterator<Map.Entry<KpiKey, KpiSum>> sums = Collections.emptyIterator();

  /**
   * @param events with the columns of {@link KpiLayout#READ}
   */
  PartIterator(Iterator<InternalRow> events) {
    this.events = events;
  }

  @Override
  public boolean hasNext() {
    if (!sums.hasNext() && events.hasNext()) {
      Map<KpiKey, KpiSum> next = new HashMap<>();
      while (events.hasNext() && next.size() < MOST_KEYS) {
        add(events.next(), next);
      }
      sums = next.entrySet().iterator();
    }
    return sums.hasNext();
  }

  @Override
  public Tuple2<KpiKey, KpiPart> next() {
    Map.Entry<KpiKey, KpiSum> sum = sums.next();
    return new Tuple2<>(sum.getKey(), sum.getValue().part());
  }

  /** Looked up by a key that points into the row: only the first event of a key costs a copy. */
  private static void add(InternalRow event, Map<KpiKey, KpiSum> sums) {
    KpiKey key =
        new KpiKey(
            KpiKey.minuteOf(event.getLong(0)),
            event.getUTF8String(1),
            event.getUTF8String(2),
            event.getUTF8String(3),
            event.getUTF8String(4),
            event.getUTF8String(5));
    KpiSum sum = sums.get(key);
    if (sum == null) {
      sum = new KpiSum();
      sums.put(key.copy(), sum);
    }
    sum.add(event.getLong(7), event.isNullAt(6) ? 0 : event.getLong(6), event.getLong(8));
  }
}
