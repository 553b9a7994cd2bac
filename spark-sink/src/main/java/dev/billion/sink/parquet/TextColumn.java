// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.parquet;

import org.apache.parquet.column.ColumnDescriptor;

/** A column of byte strings, which may be texts. For one thread. */
public final class TextColumn extends Column {

  private final TextDictionary dictionary;

  TextColumn(ColumnDescriptor descriptor, TextDictionary dictionary, Zstd zstd) {
    super(descriptor, dictionary, zstd);
    this.dictionary = dictionary;
  }

  /** The row's value, a range of bytes, which are copied. */
  public void add(byte[] source, int from, int length) {
    if (usesDictionary()) {
      add(dictionary.entryOf(source, from, length));
    } else {
      plain().putInt(length);
      plain().put(source, from, length);
    }
    endValue();
  }
}
