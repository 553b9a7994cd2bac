// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.Tuple2;

/**
 * Adds up a task's events by key. It hands out what it has whenever that gets large: events are
 * mostly of few minutes, but those of all times must not fill the heap. A key is two numbers while
 * events are added up: the minute and the code of the currency, and the codes of the four others.
 */
final class PartIterator implements Iterator<Tuple2<KpiKey, KpiPart>> {

  /** Up to 4 KiB each. With a batch more there are less than a code of 16 bits can tell apart. */
  private static final int MOST_KEYS = 16_384;

  private static final int CODE_BITS = 16;
  private static final int CODE_MASK = (1 << CODE_BITS) - 1;
  private static final int TEXTS = 5;

  private final Iterator<ColumnarBatch> events;
  private final TextCodes[] texts = new TextCodes[TEXTS];
  private Iterator<Tuple2<KpiKey, KpiPart>> parts = Collections.emptyIterator();

  /**
   * @param events with the columns of {@link KpiLayout#READ}
   */
  PartIterator(Iterator<ColumnarBatch> events) {
    this.events = events;
    for (int i = 0; i < TEXTS; i++) {
      texts[i] = new TextCodes();
    }
  }

  @Override
  public boolean hasNext() {
    if (!parts.hasNext() && events.hasNext()) {
      SumTable sums = new SumTable();
      while (events.hasNext() && sums.size() < MOST_KEYS) {
        add(events.next(), sums);
      }
      parts = parts(sums);
    }
    return parts.hasNext();
  }

  @Override
  public Tuple2<KpiKey, KpiPart> next() {
    return parts.next();
  }

  private void add(ColumnarBatch batch, SumTable sums) {
    ColumnVector time = batch.column(0);
    for (int i = 0; i < TEXTS; i++) {
      texts[i].read(batch.column(1 + i));
    }
    ColumnVector cents = batch.column(6);
    ColumnVector user = batch.column(7);
    ColumnVector ingest = batch.column(8);
    for (int row = 0; row < batch.numRows(); row++) {
      long low = 0;
      for (int i = 0; i < TEXTS - 1; i++) {
        low = (low << CODE_BITS) | texts[i].code(row);
      }
      long minute = Math.floorDiv(time.getLong(row), KpiKey.MICROS_OF_MINUTE);
      sums.get((minute << CODE_BITS) | texts[TEXTS - 1].code(row), low)
          .add(
              user.getLong(row), cents.isNullAt(row) ? 0 : cents.getLong(row), ingest.getLong(row));
    }
  }

  private Iterator<Tuple2<KpiKey, KpiPart>> parts(SumTable sums) {
    List<Tuple2<KpiKey, KpiPart>> all = new ArrayList<>(sums.size());
    sums.forEach(entry -> all.add(new Tuple2<>(key(entry), entry.sum().part())));
    for (TextCodes text : texts) {
      text.clear();
    }
    return all.iterator();
  }

  private KpiKey key(SumTable.Entry entry) {
    long low = entry.low();
    return new KpiKey(
        (entry.high() >> CODE_BITS) * KpiKey.MICROS_OF_MINUTE,
        texts[0].text((int) (low >>> (3 * CODE_BITS))),
        texts[1].text((int) (low >>> (2 * CODE_BITS)) & CODE_MASK),
        texts[2].text((int) (low >>> CODE_BITS) & CODE_MASK),
        texts[3].text((int) low & CODE_MASK),
        texts[4].text((int) entry.high() & CODE_MASK));
  }
}
