// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.scan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;

/**
 * A column of a {@link FlatScan}: its part of the block of rows that the scan is at. A column that
 * a file has not is null in all its rows. For one thread.
 *
 * @see <a href="https://parquet.apache.org/docs/file-format/data-pages/">Parquet, data pages</a>
 */
public abstract class ColumnScan {

  private final String name;
  private final HybridDecoder levelDecoder = new HybridDecoder();
  private final int[] levels = new int[FlatScan.BLOCK];
  private ColumnDescriptor column;
  private PageReader pages;
  private int left; // rows of the page

  ColumnScan(String name) {
    this.name = name;
  }

  final String name() {
    return name;
  }

  /**
   * Begins a row group.
   *
   * @param column null if the file has none of that name
   */
  final void begin(ColumnDescriptor column, PageReader pages) throws IOException {
    this.column = column;
    this.pages = pages;
    left = column == null ? Integer.MAX_VALUE : 0;
    if (column != null) {
      DictionaryPage page = pages.readDictionaryPage();
      beginRowGroup(column, page == null ? null : page.getEncoding().initDictionary(column, page));
    }
  }

  /** How many rows there are before the next page, at least one. */
  final int left() throws IOException {
    while (left == 0) {
      open(pages.readPage());
    }
    return left;
  }

  /** Reads the next rows. */
  final void read(int rows) {
    int values = values(rows);
    if (values > 0) {
      readValues(values);
    }
    if (values < rows) {
      spread(levels, rows, values);
    }
    left -= rows;
  }

  /**
   * Begins a row group.
   *
   * @param encoded its dictionary, null if it has none
   */
  abstract void beginRowGroup(ColumnDescriptor column, Dictionary encoded);

  /** Begins a page, of which one row has a value at least. */
  abstract void beginPage(Encoding encoding, int rows, ByteSource values) throws IOException;

  /** Reads the next values, those of the block that are not null. */
  abstract void readValues(int count);

  /**
   * Puts values where their rows are.
   *
   * @param levels of each row, 1 if it has a value, else 0
   * @param values how many of the rows do
   */
  abstract void spread(int[] levels, int rows, int values);

  /** How many of the next rows have a value. */
  private int values(int rows) {
    if (column == null) {
      Arrays.fill(levels, 0, rows, 0);
      return 0;
    }
    if (column.getMaxDefinitionLevel() == 0 || levelDecoder.skip(1, rows)) {
      return rows;
    }
    levelDecoder.read(levels, rows);
    int values = 0;
    for (int row = 0; row < rows; row++) {
      values += levels[row];
    }
    return values;
  }

  private void open(DataPage page) throws IOException {
    left = page.getValueCount();
    boolean hasLevels = column.getMaxDefinitionLevel() > 0;
    if (page instanceof DataPageV2 second) {
      if (hasLevels) {
        levelDecoder.begin(source(second.getDefinitionLevels()), 1);
      }
      openValues(second.getDataEncoding(), source(second.getData()));
      return;
    }
    DataPageV1 first = (DataPageV1) page;
    ByteSource source = source(first.getBytes());
    if (hasLevels) {
      levelDecoder.begin(source.slice(source.readInt()), 1);
    }
    openValues(first.getValueEncoding(), source);
  }

  /** Where no row has a value there may be nothing, whatever the encoding. */
  private void openValues(Encoding encoding, ByteSource source) throws IOException {
    if (source.left() > 0) {
      beginPage(encoding, left, source);
    }
  }

  private static ByteSource source(BytesInput bytes) throws IOException {
    ByteBuffer buffer = bytes.toByteBuffer();
    if (!buffer.hasArray()) {
      byte[] copy = new byte[buffer.remaining()];
      buffer.get(copy);
      return new ByteSource(copy, 0, copy.length);
    }
    int from = buffer.arrayOffset() + buffer.position();
    return new ByteSource(buffer.array(), from, from + buffer.remaining());
  }
}
