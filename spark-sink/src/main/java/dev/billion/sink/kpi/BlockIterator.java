// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import scala.Tuple2;
import scala.collection.BufferedIterator;
import scala.jdk.javaapi.CollectionConverters;

/** Puts parts that come by minute into blocks, with the begin of their minute. */
final class BlockIterator implements Iterator<Tuple2<Long, KpiBlock>> {

  private static final int ENOUGH_BYTES = 1 << 20;

  private final BufferedIterator<Tuple2<KpiKey, KpiPart>> parts;

  BlockIterator(Iterator<Tuple2<KpiKey, KpiPart>> parts) {
    this.parts = CollectionConverters.asScala(parts).buffered();
  }

  @Override
  public boolean hasNext() {
    return parts.hasNext();
  }

  @Override
  public Tuple2<Long, KpiBlock> next() {
    long minute = parts.head()._1().minute();
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    long events = 0;
    try (DataOutputStream out = new DataOutputStream(rows)) {
      while (parts.hasNext()
          && parts.head()._1().minute() == minute
          && rows.size() < ENOUGH_BYTES) {
        Tuple2<KpiKey, KpiPart> part = parts.next();
        KpiBlock.write(part._1(), part._2(), out);
        events += part._2().events();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Tuple2<>(minute, new KpiBlock(events, rows.toByteArray()));
  }
}
