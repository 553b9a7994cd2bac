// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.write;

import dev.billion.sink.parquet.FlatFile;
import dev.billion.sink.table.TableLayout;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.schema.MessageType;

/**
 * A data file with the rows of others, one after another. Their row groups are copied byte for
 * byte, and only the footer is made anew: nothing is decompressed or decoded, so that it costs
 * little more than copying the files.
 *
 * @param file the new file, which is no part of the table yet
 * @param parts how many of the others are in it, from the first one on
 */
public record JoinedFile(DataFile file, int parts) {

  /**
   * Writes one. It ends before the first part that has other columns than those before it.
   *
   * @param table the table's address
   * @param day the day of the parts' partition, in days since 1970, null if there are no partitions
   * @param parts the addresses of files of one partition, at least one
   */
  public static JoinedFile write(
      String table, Integer day, TableLayout layout, List<String> parts, Configuration hadoop)
      throws IOException {
    Path path = NewFile.path(table, day, layout, hadoop);
    FileSystem files = path.getFileSystem(hadoop);
    MessageType schema = schema(parts.get(0), hadoop);
    boolean done = false;
    try (ParquetFileWriter writer = FlatFile.begin(path, hadoop, schema)) {
      int joined = 0;
      while (joined < parts.size() && copy(parts.get(joined), schema, writer, hadoop)) {
        joined++;
      }
      writer.end(Map.of());
      DataFile file = NewFile.finished(path, day, layout, files, writer.getFooter());
      done = true;
      return new JoinedFile(file, joined);
    } finally {
      if (!done) {
        files.delete(path, false);
      }
    }
  }

  private static MessageType schema(String part, Configuration hadoop) throws IOException {
    try (ParquetFileReader reader = FlatFile.open(input(part, hadoop), hadoop)) {
      return reader.getFileMetaData().getSchema();
    }
  }

  private static HadoopInputFile input(String part, Configuration hadoop) throws IOException {
    return HadoopInputFile.fromPath(new Path(part), hadoop);
  }

  /** Whether it was copied: it has these columns. */
  private static boolean copy(
      String part, MessageType schema, ParquetFileWriter writer, Configuration hadoop)
      throws IOException {
    HadoopInputFile input = input(part, hadoop);
    try (ParquetFileReader reader = FlatFile.open(input, hadoop);
        SeekableInputStream bytes = input.newStream()) {
      if (!reader.getFileMetaData().getSchema().equals(schema)) {
        return false;
      }
      for (BlockMetaData rowGroup : reader.getRowGroups()) {
        writer.startBlock(rowGroup.getRowCount());
        List<ColumnDescriptor> columns = schema.getColumns();
        for (int i = 0; i < columns.size(); i++) {
          ColumnChunkMetaData chunk = rowGroup.getColumns().get(i); // in the schema's order
          writer.appendColumnChunk(
              columns.get(i),
              bytes,
              chunk,
              null, // there are no Bloom filters
              reader.readColumnIndex(chunk),
              reader.readOffsetIndex(chunk));
        }
        writer.endBlock();
      }
      return true;
    }
  }
}
