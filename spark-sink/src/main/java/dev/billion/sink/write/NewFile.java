// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.write;

import dev.billion.sink.parquet.FlatFile;
import dev.billion.sink.table.LocalDisk;
import dev.billion.sink.table.TableLayout;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A data file of a table while it is written. Only columns that the table keeps statistics for have
 * them in the file too: those of the others cost much and spare readers little. For one thread.
 *
 * @param day the day of its partition, in days since 1970, null in a table without partitions
 */
public record NewFile(
    Path path, Integer day, TableLayout layout, FileSystem files, FlatFile content) {

  private static final Logger LOG = LoggerFactory.getLogger(NewFile.class);

  /**
   * Begins a file of a name that nothing has.
   *
   * @param table the table's address
   */
  public static NewFile open(String table, Integer day, TableLayout layout, Configuration hadoop)
      throws IOException {
    Path path = path(table, day, layout, hadoop);
    FlatFile content =
        new FlatFile(
            path,
            hadoop,
            ParquetSchema.of(layout),
            Set.copyOf(layout.statisticsColumns()),
            Set.copyOf(layout.uniqueColumns()));
    return new NewFile(path, day, layout, path.getFileSystem(hadoop), content);
  }

  /** Where a new file is. */
  static Path path(String table, Integer day, TableLayout layout, Configuration hadoop)
      throws IOException {
    Path directory = day == null ? new Path(table) : new Path(table, layout.directory(day));
    Path name = new Path(directory, "part-%s.zstd.parquet".formatted(UUID.randomUUID()));
    return name.getFileSystem(hadoop).makeQualified(name);
  }

  /** Finishes the file and tells of it. */
  public DataFile close() throws IOException {
    return finished(path, day, layout, files, content.close());
  }

  /** Has a finished file survive whatever comes, and says what to tell of it. */
  static DataFile finished(
      Path path, Integer day, TableLayout layout, FileSystem files, ParquetMetadata footer)
      throws IOException {
    LocalDisk.sync(path);
    long rows = footer.getBlocks().stream().mapToLong(BlockMetaData::getRowCount).sum();
    long bytes = files.getFileStatus(path).getLen();
    return new DataFile(
        path.toString(), day, bytes, rows, System.currentTimeMillis(), statistics(footer, layout));
  }

  /** Gives the file up; where that fails, it stays for VACUUM. */
  public void discard() {
    try {
      content.abort();
    } catch (IOException | RuntimeException e) {
      LOG.debug("{} not closed", path, e);
    }
    try {
      files.delete(path, false);
    } catch (IOException e) {
      LOG.debug("{} not deleted", path, e);
    }
  }

  private static Map<String, DataFile.Range> statistics(
      ParquetMetadata footer, TableLayout layout) {
    Map<String, DataFile.Range> ranges = new HashMap<>();
    for (BlockMetaData block : footer.getBlocks()) {
      for (ColumnChunkMetaData column : block.getColumns()) {
        String name = column.getPath().toDotString();
        if (layout.statisticsColumns().contains(name)) {
          ranges.merge(name, range(column.getStatistics()), DataFile.Range::and);
        }
      }
    }
    return ranges;
  }

  private static DataFile.Range range(Statistics<?> column) {
    return column.hasNonNullValue()
        ? new DataFile.Range(
            ((Number) column.genericGetMin()).longValue(),
            ((Number) column.genericGetMax()).longValue(),
            column.getNumNulls())
        : new DataFile.Range(null, null, column.getNumNulls());
  }
}
