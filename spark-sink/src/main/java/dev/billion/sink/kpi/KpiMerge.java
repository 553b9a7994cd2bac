// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

import dev.billion.sink.write.DataFile;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import scala.Tuple2;
import scala.collection.BufferedIterator;
import scala.jdk.javaapi.CollectionConverters;

/** Adds new parts to what a table has of the same minutes, and writes both anew. */
final class KpiMerge {

  private KpiMerge() {}

  /**
   * Writes the sums of both. Both come by minute; only one minute is in memory at a time.
   *
   * @param table the KPI table's address
   * @return the files, which are not part of the table yet
   */
  static List<DataFile> write(
      Iterator<Tuple2<KpiKey, KpiPart>> fresh,
      Iterator<Tuple2<KpiKey, KpiPart>> known,
      String table,
      Configuration hadoop)
      throws IOException {
    var sources = List.of(buffered(fresh), buffered(known));
    KpiFiles files = new KpiFiles(table, hadoop);
    boolean done = false;
    try {
      while (sources.stream().anyMatch(BufferedIterator::hasNext)) {
        long minute =
            sources.stream()
                .filter(BufferedIterator::hasNext)
                .mapToLong(KpiMerge::minute)
                .min()
                .getAsLong();
        Map<KpiKey, KpiSum> sums = new HashMap<>();
        sources.forEach(source -> drain(source, minute, sums));
        files.write(minute, sums);
      }
      List<DataFile> written = files.close();
      done = true;
      return written;
    } finally {
      if (!done) {
        files.discard();
      }
    }
  }

  private static void drain(
      BufferedIterator<Tuple2<KpiKey, KpiPart>> source, long minute, Map<KpiKey, KpiSum> sums) {
    while (source.hasNext() && minute(source) == minute) {
      Tuple2<KpiKey, KpiPart> part = source.next();
      sums.computeIfAbsent(part._1(), fresh -> new KpiSum()).add(part._2());
    }
  }

  private static long minute(BufferedIterator<Tuple2<KpiKey, KpiPart>> source) {
    return source.head()._1().minute();
  }

  private static BufferedIterator<Tuple2<KpiKey, KpiPart>> buffered(
      Iterator<Tuple2<KpiKey, KpiPart>> parts) {
    return CollectionConverters.asScala(parts).buffered();
  }
}
