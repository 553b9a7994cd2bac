// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

import dev.billion.sink.table.LoggedFile;
import dev.billion.sink.table.TableLog;
import dev.billion.sink.write.DataFile;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.apache.hadoop.io.IOUtils;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;
import scala.Tuple2;

/** Adds up new events in Spark's tasks, however many they are and whatever minutes they are in. */
final class LargeUpdate {

  private final JavaSparkContext context;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final String table;
  private final long bytesAtOnce;

  /**
   * @param table the KPI table's address
   * @param bytesAtOnce as many bytes of events are for one task, which has sums of its own
   */
  LargeUpdate(JavaSparkContext context, String table, long bytesAtOnce) {
    this.context = context;
    this.hadoop = context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    this.table = table;
    this.bytesAtOnce = bytesAtOnce;
  }

  /**
   * Adds up events.
   *
   * @param files of the events
   * @param target the KPI table
   */
  KpiChange of(List<LoggedFile> files, TableLog target) {
    HourPartitioner byHour = new HourPartitioner(context.defaultParallelism());
    JavaPairRDD<Long, KpiBlock> fresh = byMinute(blocksOfEvents(files), byHour);
    Touched touched =
        fresh
            .mapPartitions(some -> List.of(Touched.of(some)).iterator())
            .fold(Touched.NOTHING, Touched::plus);
    List<LoggedFile> old = touched.filesOf(target);
    JavaPairRDD<Long, KpiBlock> known = byMinute(blocksOfTable(old), byHour);
    String table = this.table; // and not this with it
    Broadcast<SerializableConfiguration> hadoop = this.hadoop;
    List<DataFile> written =
        fresh
            .zipPartitions(
                known,
                (one, other) ->
                    KpiMerge.write(parts(one), parts(other), table, hadoop.value().value())
                        .iterator())
            .collect();
    return new KpiChange(touched, old, written);
  }

  /** Divides files, as they were written, into a share for each task, of about as many bytes. */
  List<List<String>> shares(List<LoggedFile> files) {
    long total = files.stream().mapToLong(LoggedFile::bytes).sum();
    long most = Math.min(context.defaultParallelism(), 1 + total / bytesAtOnce);
    Map<Long, List<String>> shares = new TreeMap<>();
    long before = 0;
    for (LoggedFile file : sorted(files)) {
      shares.computeIfAbsent(before * most / total, i -> new ArrayList<>()).add(file.path());
      before += file.bytes();
    }
    return List.copyOf(shares.values());
  }

  private static List<LoggedFile> sorted(List<LoggedFile> files) {
    return files.stream().sorted(Comparator.comparingLong(LoggedFile::modified)).toList();
  }

  private JavaPairRDD<Long, KpiBlock> blocksOfEvents(List<LoggedFile> files) {
    List<List<String>> shares = shares(files);
    Broadcast<SerializableConfiguration> hadoop = this.hadoop; // and not this with it
    return context
        .parallelize(shares, shares.size())
        .flatMapToPair(
            share -> {
              EventScan events = new EventScan(share, hadoop.value().value());
              closeAtEnd(events);
              return new BlockIterator(new PartIterator(events));
            });
  }

  private JavaPairRDD<Long, KpiBlock> blocksOfTable(List<LoggedFile> files) {
    Broadcast<SerializableConfiguration> hadoop = this.hadoop; // and not this with it
    return context
        .parallelize(LoggedFile.paths(files))
        .flatMapToPair(
            path -> {
              KpiScan rows = new KpiScan(List.of(path), hadoop.value().value());
              closeAtEnd(rows);
              return new BlockIterator(rows);
            });
  }

  private static void closeAtEnd(Closeable scan) {
    TaskCompletionListener end = task -> IOUtils.closeStream(scan);
    TaskContext.get().addTaskCompletionListener(end);
  }

  private static JavaPairRDD<Long, KpiBlock> byMinute(
      JavaPairRDD<Long, KpiBlock> blocks, HourPartitioner byHour) {
    return blocks.repartitionAndSortWithinPartitions(byHour);
  }

  private static Iterator<Tuple2<KpiKey, KpiPart>> parts(Iterator<Tuple2<Long, KpiBlock>> blocks) {
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(blocks, Spliterator.ORDERED), false)
        .flatMap(block -> block._2().parts(block._1()).stream())
        .iterator();
  }
}
