// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

import dev.billion.sink.SinkException;
import dev.billion.sink.table.LoggedFile;
import dev.billion.sink.table.SinkTable;
import dev.billion.sink.table.TableLog;
import java.io.FileNotFoundException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Brings the KPIs up to the newest version of the events table, each event exactly once: an update
 * reads the files that came since the last one, adds them up, and commits the result with the
 * version it is of. The commit is both the data and how far it is; there is no checkpoint that
 * could disagree. For one thread.
 */
public final class KpiUpdate {

  private static final int ATTEMPTS = 5;

  /**
   * As many bytes of events as are added up in one go, in one thread: sums have to be united with
   * those of others. It is twice what a minute at a billion an hour has.
   */
  private static final long BYTES_AT_ONCE = 512 << 20;

  private final Configuration hadoop;
  private final String events;
  private final String kpis;
  private final SinkTable table;
  private final SmallUpdate small;
  private final LargeUpdate large;

  /**
   * @param events the events table's address
   * @param kpis the KPI table's address
   */
  public KpiUpdate(SparkSession spark, String events, String kpis) {
    this(spark, events, kpis, BYTES_AT_ONCE, PartIterator.MOST_KEYS);
  }

  /**
   * @param bytesAtOnce as many bytes of events as are added up in one go
   * @param mostKeys how many keys are added up in memory
   */
  KpiUpdate(SparkSession spark, String events, String kpis, long bytesAtOnce, int mostKeys) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.hadoop = context.hadoopConfiguration();
    this.events = events;
    this.kpis = kpis;
    this.table = new SinkTable(spark, kpis, KpiLayout.KPI_MINUTE);
    this.small = new SmallUpdate(kpis, hadoop, bytesAtOnce, mostKeys);
    this.large = new LargeUpdate(context, kpis, bytesAtOnce);
  }

  /**
   * Updates the KPIs, in a new table if there is none.
   *
   * @throws SinkException if the tables do not belong together, a file of theirs is gone, or
   *     somebody else always commits first
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

    KpiChange change = change(fresh, target);
    return table.replace(target, change.old(), change.written(), appId, source.version())
        ? Optional.of(
            new KpiRound(
                source.version(),
                change.touched().events(),
                change.touched().minutes().size(),
                change.rows()))
        : Optional.empty();
  }

  private KpiChange change(List<LoggedFile> fresh, TableLog target) {
    try {
      return small.of(fresh, target).orElseGet(() -> large.of(fresh, target));
    } catch (Exception e) { // Spark's too, which Scala does not declare
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof FileNotFoundException) {
          throw new SinkException(
              "a data file of %s or of %s is gone: %s (valid: a new KPI table, if VACUUM was faster than its updates)"
                  .formatted(events, kpis, cause.getMessage()),
              e);
        }
      }
      throw e;
    }
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
}
