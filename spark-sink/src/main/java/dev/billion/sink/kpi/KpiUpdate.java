// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

import dev.billion.sink.SinkException;
import dev.billion.sink.table.LoggedFile;
import dev.billion.sink.table.SinkTable;
import dev.billion.sink.table.TableLog;
import dev.billion.sink.write.DataFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.IOUtils;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;
import scala.Tuple2;

/**
 * Brings the KPIs up to the newest version of the events table, each event exactly once: an update
 * reads the files that came since the last one, adds them up, and commits the result with the
 * version it is of. The commit is both the data and how far it is; there is no checkpoint that
 * could disagree. For one thread.
 */
public final class KpiUpdate {

  private static final int ATTEMPTS = 5;
  private static final int ROWS_OF_FILE = 4_096;

  /**
   * Each task has sums of its own, to be united with those of the others, so a minute's events at a
   * billion an hour, half as many bytes, are for one.
   */
  private static final long BYTES_OF_TASK = 512 << 20;

  /** Spark would look at more than 32 files in as many tasks, for longer than it reads them. */
  private static final long DISCOVERED_AT_ONCE = 10_000;

  private final SparkSession spark;
  private final JavaSparkContext context;
  private final Configuration hadoop;
  private final Broadcast<SerializableConfiguration> shared; // the same, for tasks
  private final String events;
  private final String kpis;
  private final long bytesOfTask;
  private final SinkTable table;

  /**
   * @param events the events table's address
   * @param kpis the KPI table's address
   */
  public KpiUpdate(SparkSession spark, String events, String kpis) {
    this(spark, events, kpis, BYTES_OF_TASK);
  }

  /**
   * @param bytesOfTask as many bytes of events as are for one task
   */
  KpiUpdate(SparkSession spark, String events, String kpis, long bytesOfTask) {
    this.spark = spark.newSession();
    this.spark
        .conf()
        .set("spark.sql.sources.parallelPartitionDiscovery.threshold", DISCOVERED_AT_ONCE);
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.hadoop = context.hadoopConfiguration();
    this.shared = context.broadcast(new SerializableConfiguration(hadoop));
    this.events = events;
    this.kpis = kpis;
    this.bytesOfTask = bytesOfTask;
    this.table = new SinkTable(spark, kpis, KpiLayout.KPI_MINUTE);
  }

  /**
   * Updates the KPIs, in a new table if there is none.
   *
   * @throws SinkException if the tables do not belong together, or somebody else always commits
   *     first
   */
  public KpiRound run() {
    for (int i = 0; i < ATTEMPTS; i++) {
      Optional<TableLog> target = TableLog.newest(hadoop, kpis); // first: it may be no newer
      TableLog source = TableLog.newest(hadoop, events).orElseThrow(this::noEvents);
      if (!source.has(KpiLayout.READ)) {
        throw new SinkException(
            "table %s has not the columns that KPIs are made of (valid: a table of UserEvent)"
                .formatted(events));
      }
      if (target.isEmpty()) {
        table.createIfAbsent();
        continue;
      }
      Optional<KpiRound> round = attempt(source, target.get());
      if (round.isPresent()) {
        return round.get();
      }
    }
    throw new SinkException(
        "table %s changes faster than it can be updated (valid: one updater per table)"
            .formatted(kpis));
  }

  private SinkException noEvents() {
    return new SinkException(
        "no table at %s (valid: the events table of a sink)".formatted(events));
  }

  private Optional<KpiRound> attempt(TableLog source, TableLog target) {
    String appId = "billion-kpi:" + source.tableId();
    OptionalLong done = target.lastVersion(appId);
    requireMatch(source, target, done);
    List<LoggedFile> fresh =
        done.isPresent() ? source.addedSince(done.getAsLong()) : source.files();
    if (fresh.isEmpty()) {
      return Optional.of(KpiRound.nothingNew(source.version()));
    }

    HourPartitioner byHour = new HourPartitioner(context.defaultParallelism());
    JavaPairRDD<Long, KpiBlock> blocks = byMinute(blocksOfEvents(fresh), byHour);
    Touched touched =
        blocks
            .mapPartitions(some -> List.of(Touched.of(some)).iterator())
            .fold(Touched.NOTHING, Touched::plus);
    List<LoggedFile> old = target.files().stream().filter(file -> isIn(file, touched)).toList();
    KpiMerge merge = new KpiMerge(kpis, ROWS_OF_FILE, shared);
    List<DataFile> written =
        blocks.zipPartitions(byMinute(blocksOfTable(old), byHour), merge).collect();
    return table.replace(target, old, written, appId, source.version())
        ? Optional.of(
            new KpiRound(
                source.version(),
                touched.events(),
                touched.minutes().size(),
                written.stream().mapToLong(DataFile::rows).sum()))
        : Optional.empty();
  }

  private void requireMatch(TableLog source, TableLog target, OptionalLong done) {
    if (done.isEmpty() && !target.files().isEmpty()) {
      throw new SinkException(
          "table %s has the KPIs of another table than %s (valid: the events table they are of, or a new KPI table)"
              .formatted(kpis, events));
    }
    if (done.orElse(-1) > source.version()) {
      throw new SinkException(
          "table %s has the KPIs of version %d of %s, which is only at %d (valid: the table as it was, or a new KPI table)"
              .formatted(kpis, done.getAsLong(), events, source.version()));
    }
    if (done.isEmpty() && source.files().stream().anyMatch(LoggedFile::hasDeletedRows)) {
      throw new SinkException(
          "table %s has deletion vectors (valid: a table after REORG TABLE ... APPLY (PURGE))"
              .formatted(events));
    }
  }

  /** A file whose times are not known may have any. */
  private static boolean isIn(LoggedFile file, Touched touched) {
    return file.times("minute")
        .map(times -> touched.within(times.first(), times.last()))
        .orElse(true);
  }

  private JavaPairRDD<Long, KpiBlock> blocksOfEvents(List<LoggedFile> files) {
    List<List<String>> shares = shares(files);
    Broadcast<SerializableConfiguration> shared = this.shared; // and not this with it
    return context
        .parallelize(shares, shares.size())
        .flatMapToPair(
            share -> {
              EventScan events = new EventScan(share, shared.value().value());
              TaskCompletionListener end = task -> IOUtils.closeStream(events);
              TaskContext.get().addTaskCompletionListener(end);
              return new BlockIterator(new PartIterator(events));
            });
  }

  /** Divides files, as they were written, into a share for each task, of about as many bytes. */
  List<List<String>> shares(List<LoggedFile> files) {
    long total = files.stream().mapToLong(LoggedFile::bytes).sum();
    long most = Math.min(context.defaultParallelism(), 1 + total / bytesOfTask);
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

  private JavaPairRDD<Long, KpiBlock> blocksOfTable(List<LoggedFile> files) {
    return TableLog.read(spark, KpiLayout.COLUMNS, files)
        .queryExecution()
        .toRdd()
        .toJavaRDD()
        .mapToPair(KpiUpdate::part)
        .mapPartitionsToPair(BlockIterator::new);
  }

  private static Tuple2<KpiKey, KpiPart> part(InternalRow row) {
    KpiKey key =
        new KpiKey(
            row.getLong(0),
            row.getUTF8String(1),
            row.getUTF8String(2),
            row.getUTF8String(3),
            row.getUTF8String(4),
            row.getUTF8String(5));
    return new Tuple2<>(
        key.copy(),
        new KpiPart(
            row.getLong(6), row.getLong(7), row.getLong(10), row.getLong(8), row.getBinary(9)));
  }

  private static JavaPairRDD<Long, KpiBlock> byMinute(
      JavaPairRDD<Long, KpiBlock> blocks, HourPartitioner byHour) {
    return blocks.repartitionAndSortWithinPartitions(byHour);
  }
}
