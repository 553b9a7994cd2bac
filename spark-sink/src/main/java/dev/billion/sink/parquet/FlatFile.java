// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.parquet;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * A Parquet file whose columns are optional numbers and byte strings, without nesting, compressed
 * with zstd.
 *
 * <p>Values go straight from their source into the page of their column, whose buffers serve every
 * page. Parquet-java's own writer, through layers of objects for each value, was 70% of the sink's
 * samples in a profile, this is a third of half as many. The file around the pages (headers,
 * indexes, footer) is parquet-java's. For one thread.
 */
public final class FlatFile {

  private static final long ROW_GROUP_BYTES = ParquetWriter.DEFAULT_BLOCK_SIZE;

  /** Values may be as large as a record of Kafka: some 64 MB of them between two checks. */
  private static final int ROWS_BETWEEN_CHECKS = 64;

  private final ParquetFileWriter file;
  private final Zstd zstd = new Zstd();
  private final List<Column> columns;
  private long rows;

  /**
   * Begins a file.
   *
   * @param schema of optional columns of 64 or 32 bits, or of bytes
   * @param statistics the columns of numbers that have statistics
   * @param unique the columns whose values hardly repeat
   */
  public FlatFile(
      Path path,
      Configuration hadoop,
      MessageType schema,
      Set<String> statistics,
      Set<String> unique)
      throws IOException {
    columns =
        schema.getColumns().stream()
            .map(
                column ->
                    column(
                        column,
                        statistics.contains(column.getPath()[0]),
                        unique.contains(column.getPath()[0])))
            .toList();
    file = begin(path, hadoop, schema);
  }

  /** Begins a file whose row groups are for the caller to write. */
  public static ParquetFileWriter begin(Path path, Configuration hadoop, MessageType schema)
      throws IOException {
    ParquetFileWriter begun =
        new ParquetFileWriter(
            HadoopOutputFile.fromPath(path, hadoop),
            schema,
            ParquetFileWriter.Mode.CREATE,
            ROW_GROUP_BYTES,
            ParquetWriter.MAX_PADDING_SIZE_DEFAULT,
            null,
            ParquetProperties.builder().build());
    begun.start();
    return begun;
  }

  /**
   * Opens a file, for one thread. Without options, each would read all of Hadoop's settings from
   * their XML again.
   */
  public static ParquetFileReader open(HadoopInputFile file, Configuration hadoop)
      throws IOException {
    return ParquetFileReader.open(
        file, HadoopReadOptions.builder(hadoop).withCodecFactory(new PageCodecs(hadoop)).build());
  }

  /** A column of numbers, by its position. */
  public NumberColumn numbers(int position) {
    return (NumberColumn) columns.get(position);
  }

  /** A column of byte strings, by its position. */
  public TextColumn texts(int position) {
    return (TextColumn) columns.get(position);
  }

  /** Ends a row, which every column was given a value or a null for. */
  public void endRow() throws IOException {
    rows++;
    if (rows % ROWS_BETWEEN_CHECKS == 0 && size() >= ROW_GROUP_BYTES) {
      endRowGroup();
    }
  }

  private long size() {
    long size = 0;
    for (Column column : columns) {
      size += column.size();
    }
    return size;
  }

  /** Writes what is left, and the footer, which is the answer. */
  public ParquetMetadata close() throws IOException {
    try (zstd;
        file) {
      endRowGroup();
      file.end(Map.of());
    }
    return file.getFooter();
  }

  /** Closes the file unfinished. */
  public void abort() throws IOException {
    try (zstd) {
      file.close();
    }
  }

  private void endRowGroup() throws IOException {
    if (rows == 0) {
      return;
    }
    file.startBlock(rows);
    for (Column column : columns) {
      column.writeTo(file);
    }
    file.endBlock();
    rows = 0;
  }

  private Column column(ColumnDescriptor column, boolean hasStatistics, boolean isUnique) {
    if (column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY) {
      return new TextColumn(column, isUnique ? null : new TextDictionary(), zstd);
    }
    return new NumberColumn(
        column,
        hasStatistics,
        isUnique ? null : new NumberDictionary(NumberColumn.isNarrow(column)),
        zstd);
  }
}
