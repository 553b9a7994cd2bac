// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.write;

import dev.billion.sink.decode.EventView;
import dev.billion.sink.table.TableLayout;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A data file whose columns may be of any type, by Parquet's own writer. For one thread. */
final class NestedFile implements EventFile {

  private static final Logger LOG = LoggerFactory.getLogger(NestedFile.class);
  private static final int PAGE_BYTES = 1 << 20;
  private static final String ZSTD_LEVEL = "parquet.compression.codec.zstd.level";

  private final TableLayout layout;
  private final Path path;
  private final int day;
  private final FileSystem files;
  private final ParquetWriter<NestedRows.Row> writer;
  private final NestedRows.Row row = new NestedRows.Row();

  NestedFile(String table, int day, TableLayout layout, NestedRows rows, Configuration hadoop)
      throws IOException {
    this.layout = layout;
    this.day = day;
    path = NewFile.path(table, day, layout, hadoop);
    files = path.getFileSystem(hadoop);
    writer = new Builder(path, layout, rows).withConf(hadoop).build();
  }

  @Override
  public void write(EventView event, ConsumerRecord<byte[], byte[]> record) throws IOException {
    row.event = event;
    row.record = record;
    writer.write(row);
  }

  @Override
  public DataFile close() throws IOException {
    writer.close();
    return NewFile.finished(path, day, layout, files, writer.getFooter());
  }

  @Override
  public void discard() {
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

  private static final class Builder extends ParquetWriter.Builder<NestedRows.Row, Builder> {
    private final NestedRows rows;

    Builder(Path path, TableLayout layout, NestedRows rows) {
      super(path);
      this.rows = rows;
      withCompressionCodec(CompressionCodecName.ZSTD);
      config(ZSTD_LEVEL, "1");
      withPageSize(PAGE_BYTES);
      withStatisticsEnabled(false);
      withSizeStatisticsEnabled(false);
      layout.statisticsColumns().forEach(column -> withStatisticsEnabled(column, true));
      layout.uniqueColumns().forEach(column -> withDictionaryEncoding(column, false));
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected WriteSupport<NestedRows.Row> getWriteSupport(Configuration conf) {
      return rows;
    }
  }
}
