// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

import dev.billion.sink.write.DataFile;
import java.io.IOException;
import java.io.Serial;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.FlatMapFunction2;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;
import scala.collection.BufferedIterator;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Adds new blocks to what a table has of the same minutes, and writes both anew. Both come by
 * minute; only one minute is in memory at a time.
 *
 * @param table the KPI table's address
 * @param rowsOfFile see {@link KpiFiles}
 */
record KpiMerge(String table, int rowsOfFile, Broadcast<SerializableConfiguration> hadoop)
    implements FlatMapFunction2<
        Iterator<Tuple2<Long, KpiBlock>>, Iterator<Tuple2<Long, KpiBlock>>, DataFile> {

  @Serial private static final long serialVersionUID = 1L;

  @Override
  public Iterator<DataFile> call(
      Iterator<Tuple2<Long, KpiBlock>> fresh, Iterator<Tuple2<Long, KpiBlock>> known)
      throws IOException {
    var sources = List.of(buffered(fresh), buffered(known));
    KpiFiles files = new KpiFiles(table, rowsOfFile, hadoop.value().value());
    boolean done = false;
    try {
      while (sources.stream().anyMatch(BufferedIterator::hasNext)) {
        long minute =
            sources.stream()
                .filter(BufferedIterator::hasNext)
                .mapToLong(source -> source.head()._1())
                .min()
                .getAsLong();
        Map<KpiKey, KpiSum> sums = new HashMap<>();
        sources.forEach(source -> drain(source, minute, sums));
        files.write(minute, sums);
      }
      Iterator<DataFile> written = files.close().iterator();
      done = true;
      return written;
    } finally {
      if (!done) {
        files.discard();
      }
    }
  }

  private static void drain(
      BufferedIterator<Tuple2<Long, KpiBlock>> source, long minute, Map<KpiKey, KpiSum> sums) {
    while (source.hasNext() && source.head()._1() == minute) {
      KpiBlock block = source.next()._2();
      block.forEach(
          minute, (key, part) -> sums.computeIfAbsent(key, fresh -> new KpiSum()).add(part));
    }
  }

  private static BufferedIterator<Tuple2<Long, KpiBlock>> buffered(
      Iterator<Tuple2<Long, KpiBlock>> blocks) {
    return CollectionConverters.asScala(blocks).buffered();
  }
}
