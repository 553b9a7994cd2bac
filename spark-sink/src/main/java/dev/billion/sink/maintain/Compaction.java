// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.maintain;

import static java.util.Comparator.comparingLong;
import static java.util.stream.Collectors.groupingBy;

import dev.billion.sink.table.LoggedCommit;
import dev.billion.sink.table.LoggedFile;
import dev.billion.sink.table.SinkTable;
import dev.billion.sink.table.TableLayout;
import dev.billion.sink.table.TableLog;
import dev.billion.sink.write.JoinedFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one large file of small ones while a table is written, today's too, as soon as there are
 * enough of them. Batches that are committed soon after their events make small files; OPTIMIZE
 * would read and write each row anew, which costs as much as the sink's own writing. This copies
 * row groups as they are ({@link JoinedFile}), in the driver.
 *
 * <p>It follows the log of the table, so that a round looks at what was committed since the last
 * one, however large the table is. Others may add files meanwhile; where they remove one of the
 * small files, the round's commit is refused, and the next one does without it. For one thread.
 */
public final class Compaction {

  /** A file of this part of a large one is not small. */
  private static final int SMALL = 2;

  /**
   * Below this part of a large one its row groups are so small that as many in a file cost readers
   * more than the files do. They wait for OPTIMIZE.
   */
  private static final int TINY = 256;

  private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);

  private final SparkSession spark;
  private final Configuration hadoop;
  private final String uri;
  private final Function<TableLog, TableLayout> layout;
  private final long large;
  private final Map<String, LoggedFile> small = new LinkedHashMap<>();
  private String table; // its id, null before the first look
  private long seen;

  /**
   * @param uri the table's address; it need not be there
   * @param layout what the table looks like at a version
   * @param large how many bytes make a large file
   */
  public Compaction(
      SparkSession spark, String uri, Function<TableLog, TableLayout> layout, long large) {
    this.spark = spark;
    this.hadoop = spark.sparkContext().hadoopConfiguration();
    this.uri = uri;
    this.layout = layout;
    this.large = large;
  }

  /** Does what is due, and tells how many small files there are fewer of. */
  public int run() throws IOException {
    Optional<TableLog> log = TableLog.newest(hadoop, uri);
    return log.isPresent() ? run(log.get()) : 0;
  }

  private int run(TableLog log) throws IOException {
    int gone = 0;
    boolean done = false;
    try {
      follow(log);
      for (Partition partition : partitions()) {
        for (List<LoggedFile> due : due(partition.files())) {
          gone += join(log, partition, due);
        }
      }
      done = true;
      return gone;
    } finally {
      if (!done) {
        table = null; // the next round looks at the whole table again
      }
    }
  }

  private void follow(TableLog log) {
    if (log.tableId().equals(table)) {
      for (LoggedCommit commit : log.commitsSince(seen)) {
        commit.removed().forEach(small::remove);
        commit.added().forEach(this::add);
      }
    } else {
      small.clear();
      log.files().stream().sorted(comparingLong(LoggedFile::modified)).forEach(this::add);
      table = log.tableId();
    }
    seen = log.version();
  }

  private void add(LoggedFile file) {
    boolean isSmall = file.bytes() >= large / TINY && file.bytes() < large / SMALL;
    if (isSmall && !file.hasDeletedRows()) {
      small.put(file.path(), file);
    }
  }

  private List<Partition> partitions() {
    return small.values().stream().collect(groupingBy(LoggedFile::partition)).entrySet().stream()
        .map(files -> Partition.of(files.getKey(), files.getValue()))
        .toList();
  }

  /** Files that are large together, in the order in which they came. */
  private List<List<LoggedFile>> due(List<LoggedFile> files) {
    List<List<LoggedFile>> due = new ArrayList<>();
    List<LoggedFile> together = new ArrayList<>();
    long bytes = 0;
    for (LoggedFile file : files) {
      together.add(file);
      bytes += file.bytes();
      if (bytes >= large) {
        due.add(together);
        together = new ArrayList<>();
        bytes = 0;
      }
    }
    return due;
  }

  private int join(TableLog log, Partition partition, List<LoggedFile> due) throws IOException {
    Integer day = partition.day() == null ? null : (int) partition.day().toEpochDay();
    TableLayout columns = layout.apply(log);
    List<String> paths = due.stream().map(LoggedFile::path).toList();
    JoinedFile joined = JoinedFile.write(uri, day, columns, paths, hadoop);
    List<LoggedFile> parts = due.subList(0, joined.parts());
    Path path = new Path(joined.file().path());
    if (parts.size() == 1) { // the next one has more columns: not to be tried again and again
      small.remove(parts.get(0).path());
    } else if (new SinkTable(spark, uri, columns).compact(log, parts, joined.file())) {
      parts.forEach(part -> small.remove(part.path()));
      LOG.info("{} files of {} are now {}", parts.size(), uri, path.getName());
      return parts.size() - 1;
    }
    path.getFileSystem(hadoop).delete(path, false);
    return 0;
  }
}
