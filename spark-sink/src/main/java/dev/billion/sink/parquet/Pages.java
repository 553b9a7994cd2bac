// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.parquet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** The pages of one column in one row group, compressed, until the row group is written. */
final class Pages {

  /**
   * @param rows how many the page has, nulls included
   * @param size bytes before compression
   * @param from where it starts in the bytes
   * @param length how many of them it has
   * @param statistics null if the column has none
   */
  private record Page(
      int rows, int size, int from, int length, Encoding encoding, Statistics<?> statistics) {}

  private final Zstd zstd;
  private final List<Page> pages = new ArrayList<>();
  private final Bytes compressed = new Bytes();
  private long rows;
  private long size;

  Pages(Zstd zstd) {
    this.zstd = zstd;
  }

  /** Bytes before compression. */
  long size() {
    return size;
  }

  void add(Bytes page, int pageRows, Encoding encoding, Statistics<?> statistics) {
    int from = compressed.length();
    zstd.compress(page, compressed);
    pages.add(
        new Page(pageRows, page.length(), from, compressed.length() - from, encoding, statistics));
    rows += pageRows;
    size += page.length();
  }

  /**
   * Writes them all and starts over.
   *
   * @param dictionary null if no page needs one
   */
  void writeTo(ParquetFileWriter file, ColumnDescriptor column, Dictionary dictionary)
      throws IOException {
    file.startColumn(column, rows, CompressionCodecName.ZSTD);
    if (dictionary != null) {
      Bytes body = new Bytes();
      zstd.compress(dictionary.body(), body);
      file.writeDictionaryPage(
          new DictionaryPage(
              BytesInput.from(body.array(), 0, body.length()),
              dictionary.body().length(),
              dictionary.size(),
              Encoding.PLAIN_DICTIONARY));
    }
    for (Page page : pages) {
      file.writeDataPage(
          page.rows,
          page.size,
          BytesInput.from(compressed.array(), page.from, page.length),
          page.statistics,
          page.rows,
          Encoding.RLE,
          Encoding.RLE,
          page.encoding);
    }
    file.endColumn();
    pages.clear();
    compressed.clear();
    rows = 0;
    size = 0;
  }
}
