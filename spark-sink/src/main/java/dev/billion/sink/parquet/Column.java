// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.parquet;

import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileWriter;

/**
 * A column of a file: gathers the values of a page, which is then encoded and compressed. Values go
 * by a dictionary as long as that helps in a row group, then by how they differ from the ones
 * before. For one thread.
 *
 * @see <a href="https://parquet.apache.org/docs/file-format/data-pages/">Parquet, data pages</a>
 */
public abstract class Column {

  static final int PAGE_ROWS = 20_000;
  static final int PAGE_BYTES = 1 << 20;

  private final ColumnDescriptor descriptor;
  private final Dictionary dictionary;
  private final Pages pages;
  private final Bytes page = new Bytes();
  private final int[] levels = new int[PAGE_ROWS + HybridEncoding.GROUP];
  private final int[] entries;
  private final Bytes bytes = new Bytes();
  private boolean usesDictionary;
  private boolean needsDictionary;
  private int known; // entries of the dictionary when the page began
  private int rows;
  private int values;

  /**
   * @param dictionary null to go without
   */
  Column(ColumnDescriptor descriptor, Dictionary dictionary, Zstd zstd) {
    this.descriptor = descriptor;
    this.dictionary = dictionary;
    this.pages = new Pages(zstd);
    this.entries = new int[dictionary == null ? 0 : levels.length];
    this.usesDictionary = dictionary != null;
    Arrays.fill(levels, 1);
  }

  /** The row has no value here. */
  public final void addNull() {
    levels[rows] = 0;
    endRow();
  }

  final boolean usesDictionary() {
    return usesDictionary;
  }

  /** The page's texts, one after another; of numbers, and of what the dictionary has, none. */
  final Bytes bytes() {
    return bytes;
  }

  /** How many values the page has. */
  final int values() {
    return values;
  }

  final ColumnDescriptor descriptor() {
    return descriptor;
  }

  /** Appends the page's values, of which there is one at least, without the dictionary. */
  abstract Encoding encodeValues(Bytes target);

  /**
   * Ends the statistics of a page.
   *
   * @param nulls how many rows of the page have no value
   * @return null if the column has none
   */
  Statistics<?> endStatistics(int nulls) {
    return null;
  }

  /** Takes a value into the page by its entry in the dictionary. */
  final void add(int entry) {
    entries[values] = entry;
  }

  /** Ends a row that has a value. */
  final void endValue() {
    values++;
    endRow();
  }

  /** Bytes before compression of what is not written yet, but for a page of numbers. */
  final long size() {
    return pages.size() + bytes.length();
  }

  /** Writes the column's part of a row group. */
  final void writeTo(ParquetFileWriter file) throws IOException {
    endPage();
    pages.writeTo(file, descriptor, needsDictionary ? dictionary : null);
    usesDictionary = dictionary != null;
    needsDictionary = false;
    if (dictionary != null) {
      dictionary.clear();
      known = 0;
    }
  }

  private void endRow() {
    rows++;
    if (rows == PAGE_ROWS || isFull()) {
      endPage();
    }
  }

  private boolean isFull() {
    return usesDictionary ? dictionary.isFull() : bytes.length() >= PAGE_BYTES;
  }

  private void endPage() {
    if (rows == 0) {
      return;
    }
    page.clear();
    putLevels();
    pages.add(page, rows, putValues(), endStatistics(rows - values));
    rows = 0;
    values = 0;
    bytes.clear();
  }

  /** Which rows have a value. */
  private void putLevels() {
    int length = page.take(Integer.BYTES);
    if (values == rows) {
      HybridEncoding.putRun(1, rows, 1, page);
    } else {
      HybridEncoding.encode(levels, rows, 1, page);
      Arrays.fill(levels, 1);
    }
    page.setInt(length, page.length() - length - Integer.BYTES);
  }

  private Encoding putValues() {
    if (values == 0) {
      return Encoding.PLAIN;
    }
    if (!usesDictionary) {
      return encodeValues(page);
    }
    int width = HybridEncoding.width(dictionary.size() - 1);
    page.put(width);
    HybridEncoding.encode(entries, values, width, page);
    // where most values are new, most of the later ones will be too
    usesDictionary = !dictionary.isFull() && dictionary.size() - known <= values / 2;
    needsDictionary = true;
    known = dictionary.size();
    return Encoding.PLAIN_DICTIONARY;
  }
}
