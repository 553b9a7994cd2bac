// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

import dev.billion.sink.table.LoggedFile;
import dev.billion.sink.table.TableLog;
import dev.billion.sink.write.DataFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import scala.Tuple2;

/**
 * Adds up new events in this thread and in memory, where that suffices, as it does for those of a
 * minute at a billion an hour. It spares what tasks take to hand each other their sums.
 *
 * @param table the KPI table's address
 * @param bytesAtOnce how large the events' files are at most
 * @param mostKeys how many keys they have at most
 */
record SmallUpdate(String table, Configuration hadoop, long bytesAtOnce, int mostKeys) {

  private static final long MOST_SUM_BYTES = 256 << 20;
  private static final long MOST_KNOWN_BYTES = 256 << 20;

  /**
   * Adds up events.
   *
   * @param files of the events
   * @param target the KPI table
   * @return empty if they, or the rows that they change, are too many
   */
  Optional<KpiChange> of(List<LoggedFile> files, TableLog target) {
    try {
      return bytes(files) > bytesAtOnce ? Optional.empty() : change(files, target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<KpiChange> change(List<LoggedFile> files, TableLog target) throws IOException {
    Optional<List<Tuple2<KpiKey, KpiPart>>> sums = sums(files);
    if (sums.isEmpty()) {
      return Optional.empty();
    }
    Touched touched = Touched.of(sums.get());
    List<LoggedFile> old = touched.filesOf(target);
    if (bytes(old) > MOST_KNOWN_BYTES) {
      return Optional.empty();
    }
    List<DataFile> written =
        KpiMerge.write(sums.get().iterator(), rows(old).iterator(), table, hadoop);
    return Optional.of(new KpiChange(touched, old, written));
  }

  /** By minute, empty if they are too many. */
  private Optional<List<Tuple2<KpiKey, KpiPart>>> sums(List<LoggedFile> files) throws IOException {
    try (EventScan events = new EventScan(LoggedFile.paths(files), hadoop)) {
      PartIterator parts = new PartIterator(events, mostKeys, MOST_SUM_BYTES);
      if (!parts.isAllReady()) {
        return Optional.empty();
      }
      List<Tuple2<KpiKey, KpiPart>> sums = new ArrayList<>();
      parts.forEachRemaining(sums::add);
      return Optional.of(sums);
    }
  }

  /** By minute, as tables that others wrote to need not have them. */
  private List<Tuple2<KpiKey, KpiPart>> rows(List<LoggedFile> files) throws IOException {
    try (KpiScan scan = new KpiScan(LoggedFile.paths(files), hadoop)) {
      List<Tuple2<KpiKey, KpiPart>> rows = new ArrayList<>();
      scan.forEachRemaining(rows::add);
      rows.sort(Comparator.comparingLong(row -> row._1().minute()));
      return rows;
    }
  }

  private static long bytes(List<LoggedFile> files) {
    return files.stream().mapToLong(LoggedFile::bytes).sum();
  }
}
