// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.maintain;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import dev.billion.sink.SinkException;
import dev.billion.sink.table.LoggedFile;
import dev.billion.sink.table.TableLayout;
import dev.billion.sink.table.TableLog;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** One table that is kept in order, by Delta's own OPTIMIZE and VACUUM. */
final class TableCare {

  private final SparkSession spark;
  private final String uri;
  private final TableLog log;
  private final MaintainSettings settings;
  private final List<String> zorder;

  /**
   * @param spark a session with settings for this
   * @param zorder columns, none for compaction only
   */
  TableCare(
      SparkSession spark,
      String uri,
      TableLog log,
      MaintainSettings settings,
      List<String> zorder) {
    this.spark = spark;
    this.uri = uri;
    this.log = log;
    this.settings = settings;
    this.zorder = zorder;
  }

  /**
   * Rows that lie near each other by a column help who looks for some of them only where the log
   * says which values a file has.
   *
   * @throws SinkException if it does not say so of one of the columns
   */
  void requireStatistics() {
    String kept = log.property(TableLayout.STATISTICS).orElse("");
    List<String> others =
        zorder.stream().filter(column -> !List.of(kept.split(",")).contains(column)).toList();
    if (!kept.isEmpty() && !others.isEmpty()) {
      throw new SinkException(
          "table %s keeps no statistics of %s, without which --zorder is of no use (valid: %s, and what else its property %s names)"
              .formatted(uri, String.join(",", others), kept, TableLayout.STATISTICS));
    }
  }

  MaintainCount plan(Instant now) {
    List<Partition> due = due(now);
    long files =
        due.stream().mapToLong(p -> zorder.isEmpty() ? p.smallFiles() : p.files().size()).sum();
    long deleted = spark.sql(vacuum(now) + " DRY RUN").count();
    return new MaintainCount(uri, due.size(), files, due.size(), deleted);
  }

  MaintainCount run(Instant now) {
    List<Partition> due = due(now);
    long before = 0;
    long after = 0;
    if (!due.isEmpty()) {
      Row metrics = spark.sql(optimize(due)).first().getStruct(1);
      before = metrics.getAs("numFilesRemoved");
      after = metrics.getAs("numFilesAdded");
    }
    spark.sql(vacuum(now));
    return new MaintainCount(uri, due.size(), before, after, deleted());
  }

  private List<Partition> due(Instant now) {
    LocalDate lastDay =
        now.atOffset(ZoneOffset.UTC).toLocalDate().minusDays(settings.optimizeBefore());
    return log.files().stream().collect(groupingBy(LoggedFile::partition)).entrySet().stream()
        .map(files -> Partition.of(files.getKey(), files.getValue()))
        .filter(partition -> partition.isClosed(lastDay, now.minus(settings.quiet())))
        .filter(p -> zorder.isEmpty() ? p.isWorthCompaction() : p.isWorthOrdering())
        .toList();
  }

  private String optimize(List<Partition> due) {
    String days =
        due.stream()
            .filter(partition -> partition.day() != null)
            .map(partition -> "'" + partition.day() + "'")
            .collect(joining(", "));
    return "OPTIMIZE %s%s%s"
        .formatted(
            name(),
            days.isEmpty() ? "" : " WHERE %s IN (%s)".formatted(due.get(0).column(), days),
            zorder.isEmpty() ? "" : " ZORDER BY (%s)".formatted(String.join(", ", zorder)));
  }

  private String vacuum(Instant now) {
    return "VACUUM %s RETAIN %d HOURS".formatted(name(), hoursToRetain(now));
  }

  /**
   * Files are to be kept for a time after they were removed from the table. VACUUM goes by their
   * age where the log's checkpoint does not say when that was, and one of Delta Kernel does so only
   * of what was removed since the last. So VACUUM is to leave what is younger than the oldest file
   * that was removed within that time.
   */
  private long hoursToRetain(Instant now) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    Instant since = now.minus(Duration.ofHours(settings.retentionHours()));
    long oldest = now.toEpochMilli();
    for (String path : TableLog.newest(hadoop, uri).orElseThrow().removedSince(since)) {
      oldest = Math.min(oldest, modified(new Path(path), hadoop).orElse(oldest));
    }
    long age = Duration.between(Instant.ofEpochMilli(oldest), now).toHours() + 1;
    return Math.max(settings.retentionHours(), age);
  }

  /** When a file was written, empty if it is gone. */
  private static OptionalLong modified(Path file, Configuration hadoop) {
    try {
      return OptionalLong.of(file.getFileSystem(hadoop).getFileStatus(file).getModificationTime());
    } catch (FileNotFoundException e) {
      return OptionalLong.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What VACUUM says of itself in the log, where the stream goes on meanwhile. */
  private long deleted() {
    return spark
        .sql("DESCRIBE HISTORY %s LIMIT 10".formatted(name()))
        .filter("version > %d AND operation = 'VACUUM END'".formatted(log.version()))
        .selectExpr("CAST(operationMetrics['numDeletedFiles'] AS BIGINT)")
        .collectAsList()
        .stream()
        .mapToLong(row -> row.getLong(0))
        .sum();
  }

  private String name() {
    return "delta.`%s`".formatted(uri.replace("`", "``"));
  }
}
