// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.table;

import io.delta.kernel.Snapshot;
import io.delta.kernel.Table;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * The data files of a table's newest version, found by Delta Kernel: it reads the log without a
 * query, where Delta's own reader first runs several, which on a cold JVM take seconds.
 */
final class DataFiles {

  private static final String COLUMN_MAPPING = "delta.columnMapping.mode";

  private DataFiles() {}

  /**
   * The files' addresses, for Spark to read; empty if a row of the table is not simply a row of a
   * file, because the table deletes by vectors or names its columns otherwise.
   */
  static Optional<List<String>> of(Configuration hadoop, String uri) {
    Engine engine = DefaultEngine.create(hadoop);
    Snapshot snapshot = Table.forPath(engine, uri).getLatestSnapshot(engine);
    if (!snapshot.getTableProperties().getOrDefault(COLUMN_MAPPING, "none").equals("none")) {
      return Optional.empty();
    }
    List<String> files = new ArrayList<>();
    try (CloseableIterator<FilteredColumnarBatch> batches =
        snapshot.getScanBuilder().build().getScanFiles(engine)) {
      while (batches.hasNext()) {
        if (!addAll(batches.next(), files)) {
          return Optional.empty();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Optional.of(files);
  }

  private static boolean addAll(FilteredColumnarBatch batch, List<String> files)
      throws IOException {
    try (CloseableIterator<Row> rows = batch.getRows()) {
      while (rows.hasNext()) {
        Row file = rows.next();
        if (InternalScanFileUtils.getDeletionVectorDescriptorFromRow(file) != null) {
          return false;
        }
        files.add(literal(InternalScanFileUtils.getAddFileStatus(file).getPath()));
      }
    }
    return true;
  }

  /** Spark takes addresses for patterns. */
  static String literal(String path) {
    return path.replaceAll("[{}\\[\\]*?\\\\]", "\\\\$0");
  }
}
