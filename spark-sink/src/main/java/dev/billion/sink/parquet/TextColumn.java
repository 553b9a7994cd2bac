// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.parquet;

import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;

/**
 * A column of byte strings, which may be texts. A page without a dictionary says of each value how
 * much it begins with as the one before does, if that is much, and how long the rest is, and has
 * the rests last. Pages without the former have an encoding of their own, which Spark reads wrongly
 * or not at all before 3.5.7 and 4.0.1 (SPARK-52240): it is not used.
 *
 * @see <a href="https://github.com/apache/parquet-format/blob/master/Encodings.md">Parquet
 *     encodings, delta strings</a>
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
    boolean shares = share() >= (long) WORTH_SHARING * values();
    if (!shares) {
      Arrays.fill(shared, 0, values(), 0);
    }
    DeltaEncoding.encode(shared, values(), true, target);
    for (int i = 0; i < values(); i++) {
      lengths[i] -= shared[i];
    }
    DeltaEncoding.encode(lengths, values(), true, target);
    if (shares) {
      putRests(target);
    } else {
      target.put(bytes().array(), 0, bytes().length());
    }
    return Encoding.DELTA_BYTE_ARRAY;
  }

  private void putRests(Bytes target) {
    int from = 0;
    for (int i = 0; i < values(); i++) {
      from += (int) shared[i];
      target.put(bytes().array(), from, (int) lengths[i]);
      from += (int) lengths[i];
    }
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
