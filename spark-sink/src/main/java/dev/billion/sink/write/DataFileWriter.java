// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.write;

import dev.billion.sink.table.TableLayout;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one Parquet file of a table. Only columns that the table keeps statistics for have them in
 * the file too: those of the others cost much and spare readers little. For one thread.
 *
 * @param <T> what a row is made of
 */
final class DataFileWriter<T> {

  private static final Logger LOG = LoggerFactory.getLogger(DataFileWriter.class);
  private static final int PAGE_BYTES = 1 << 20;
  private static final String ZSTD_LEVEL = "parquet.compression.codec.zstd.level";

  private final TableLayout layout;
  private final Path path;
  private final Integer day;
  private final FileSystem files;
  private final ParquetWriter<T> writer;
  private long rows;

  /**
   * @param table the table's address
   * @param day the day of its partition, null in a table without partitions
   */
  DataFileWriter(
      String table, Integer day, TableLayout layout, WriteSupport<T> support, Configuration hadoop)
      throws IOException {
    this.layout = layout;
    this.day = day;
    Path directory = day == null ? new Path(table) : new Path(table, EventFiles.directory(day));
    Path name = new Path(directory, "part-%s.zstd.parquet".formatted(UUID.randomUUID()));
    files = name.getFileSystem(hadoop);
    path = files.makeQualified(name);
    writer = new Builder<>(path, layout, support).withConf(hadoop).build();
  }

  void write(T row) throws IOException {
    writer.write(row);
    rows++;
  }

  DataFile close() throws IOException {
    writer.close();
    return new DataFile(
        path.toString(),
        day,
        files.getFileStatus(path).getLen(),
        rows,
        System.currentTimeMillis(),
        statistics(writer.getFooter()));
  }

  /** Gives the file up; where that fails, it stays for VACUUM. */
  void discard() {
    try {
      writer.close();
    } catch (IOException | RuntimeException e) {
      LOG.debug("{} not closed", path, e);
    }
    try {
      files.delete(path, false);
    } catch (IOException e) {
      LOG.debug("{} not deleted", path, e);
    }
  }

  private Map<String, DataFile.Range> statistics(ParquetMetadata footer) {
    Map<String, DataFile.Range> ranges = new HashMap<>();
    for (BlockMetaData block : footer.getBlocks()) {
      for (ColumnChunkMetaData column : block.getColumns()) {
        String name = column.getPath().toDotString();
        if (layout.statisticsColumns().contains(name)) {
          ranges.merge(name, range(column.getStatistics()), DataFileWriter::both);
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

  private static DataFile.Range both(DataFile.Range one, DataFile.Range other) {
    if (one.min() == null || other.min() == null) {
      DataFile.Range known = one.min() == null ? other : one;
      return new DataFile.Range(known.min(), known.max(), one.nulls() + other.nulls());
    }
    return new DataFile.Range(
        Math.min(one.min(), other.min()),
        Math.max(one.max(), other.max()),
        one.nulls() + other.nulls());
  }

  private static final class Builder<T> extends ParquetWriter.Builder<T, Builder<T>> {
    private final WriteSupport<T> support;

    Builder(Path path, TableLayout layout, WriteSupport<T> support) {
      super(path);
      this.support = support;
      withCompressionCodec(CompressionCodecName.ZSTD);
      config(ZSTD_LEVEL, "1");
      withPageSize(PAGE_BYTES);
      withStatisticsEnabled(false);
      withSizeStatisticsEnabled(false);
      layout.statisticsColumns().forEach(column -> withStatisticsEnabled(column, true));
      layout.uniqueColumns().forEach(column -> withDictionaryEncoding(column, false));
    }

    @Override
    protected Builder<T> self() {
      return this;
    }

    @Override
    protected WriteSupport<T> getWriteSupport(Configuration conf) {
      return support;
    }
  }
}
