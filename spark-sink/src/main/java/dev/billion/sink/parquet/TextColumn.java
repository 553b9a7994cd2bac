// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.parquet;

import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;

/**
 * A column of byte strings, which may be texts. A page without a dictionary has all lengths first,
 * and leaves out what a value begins with as the one before does, where that is much.
 *
 * @see <a href="https://github.com/apache/parquet-format/blob/master/Encodings.md">Parquet
 *     encodings, delta length byte array and delta strings</a>
 */
public final class TextColumn extends Column {

  /** Fewer bytes are often alike by chance, and cost more than they spare. */
  private static final int WORTH_SHARING = 2;

  private final TextDictionary dictionary;
  private final long[] lengths = new long[PAGE_ROWS];
  private final long[] shared = new long[PAGE_ROWS];

  TextColumn(ColumnDescriptor descriptor, TextDictionary dictionary, Zstd zstd) {
    super(descriptor, dictionary, zstd);
    this.dictionary = dictionary;
  }

  /** The row's value, a range of bytes, which are copied. */
  public void add(byte[] source, int from, int length) {
    if (usesDictionary()) {
      add(dictionary.entryOf(source, from, length));
    } else {
      bytes().put(source, from, length);
      lengths[values()] = length;
    }
    endValue();
  }

  @Override
  Encoding encodeValues(Bytes target) {
    if (share() < (long) WORTH_SHARING * values()) {
      DeltaEncoding.encode(lengths, values(), true, target);
      target.put(bytes().array(), 0, bytes().length());
      return Encoding.DELTA_LENGTH_BYTE_ARRAY;
    }
    DeltaEncoding.encode(shared, values(), true, target);
    for (int i = 0; i < values(); i++) {
      lengths[i] -= shared[i];
    }
    DeltaEncoding.encode(lengths, values(), true, target);
    int from = 0;
    for (int i = 0; i < values(); i++) {
      from += (int) shared[i];
      target.put(bytes().array(), from, (int) lengths[i]);
      from += (int) lengths[i];
    }
    return Encoding.DELTA_BYTE_ARRAY;
  }

  /** Finds how many bytes each value begins with as the one before does, and how many that are. */
  private long share() {
    byte[] texts = bytes().array();
    long sum = 0;
    int last = 0;
    int from = 0;
    for (int i = 0; i < values(); i++) {
      int until = from + (int) lengths[i];
      int difference = Arrays.mismatch(texts, last, from, texts, from, until);
      shared[i] = difference < 0 ? from - last : difference;
      sum += shared[i];
      last = from;
      from = until;
    }
    return sum;
  }
}
