// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.verify;

import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.function.BiConsumer;
import scala.Tuple2;

/**
 * Turns a task's rows into buckets. It hands out what it has whenever that gets large: neighbouring
 * rows share buckets, but ids that are all over the place must not fill the heap.
 */
final class TallyIterator implements Iterator<Tuple2<BucketKey, Bucket>> {

  /** 4 KiB each. */
  private static final int MOST_BUCKETS = 16_384;

  private final Iterator<byte[]> rows;
  private final BiConsumer<Tally, byte[]> add;
  private Iterator<Map.Entry<BucketKey, Bucket>> buckets = Collections.emptyIterator();

  TallyIterator(Iterator<byte[]> rows, BiConsumer<Tally, byte[]> add) {
    this.rows = rows;
    this.add = add;
  }

  @Override
  public boolean hasNext() {
    while (!buckets.hasNext() && rows.hasNext()) {
      Tally tally = new Tally();
      while (rows.hasNext() && tally.buckets().size() < MOST_BUCKETS) {
        add.accept(tally, rows.next());
      }
      buckets = tally.buckets().entrySet().iterator();
    }
    return buckets.hasNext();
  }

  @Override
  public Tuple2<BucketKey, Bucket> next() {
    Map.Entry<BucketKey, Bucket> entry = buckets.next();
    return new Tuple2<>(entry.getKey(), entry.getValue());
  }
}
