// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.scan;

import java.io.IOException;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.api.Binary;

/**
 * A column of texts, each row by its entry in a list of them: the dictionary of the row group, or
 * where a page goes without, the texts of the block. For one thread.
 */
public final class TextScan extends ColumnScan {

  private static final Binary[] NO_TEXTS = {null};

  private final int[] entries = new int[FlatScan.BLOCK];
  private final HybridDecoder decoder = new HybridDecoder();
  private ColumnDescriptor column;
  private Binary[] dictionary = NO_TEXTS;
  private Binary[] texts = NO_TEXTS;
  private ValuesReader reader; // null while pages go by the dictionary

  public TextScan(String name) {
    super(name);
  }

  /** What rows refer to; the first is null, for rows without text. Another array has others. */
  public Binary[] texts() {
    return texts;
  }

  /** The position of each row's text in {@link #texts()}. */
  public int[] entries() {
    return entries;
  }

  @Override
  void beginRowGroup(ColumnDescriptor column, Dictionary encoded) {
    this.column = column;
    dictionary = encoded == null ? NO_TEXTS : new Binary[encoded.getMaxId() + 2];
    for (int entry = 1; entry < dictionary.length; entry++) {
      dictionary[entry] = encoded.decodeToBinary(entry - 1);
    }
    texts = dictionary;
  }

  @Override
  void beginPage(Encoding encoding, int rows, ByteSource source) throws IOException {
    if (encoding.usesDictionary()) {
      reader = null;
      decoder.begin(source);
    } else {
      reader = encoding.getValuesReader(column, ValuesType.VALUES);
      reader.initFromPage(rows, source.stream());
    }
  }

  @Override
  void readValues(int count) {
    if (reader == null) {
      decoder.read(entries, count);
      for (int i = 0; i < count; i++) {
        entries[i]++;
      }
      texts = dictionary;
    } else {
      texts = new Binary[count + 1];
      for (int i = 0; i < count; i++) {
        texts[i + 1] = reader.readBytes();
        entries[i] = i + 1;
      }
    }
  }

  @Override
  void spread(int[] levels, int rows, int count) {
    int value = count;
    for (int row = rows - 1; row >= 0; row--) {
      value -= levels[row];
      entries[row] = levels[row] == 0 ? 0 : entries[value];
    }
  }
}
