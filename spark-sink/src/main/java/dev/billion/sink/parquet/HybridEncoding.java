// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.parquet;

import org.apache.parquet.column.values.bitpacking.BytePacker;
import org.apache.parquet.column.values.bitpacking.Packer;

/**
 * Parquet's encoding of small numbers: runs of eight or more equal ones by their length, all others
 * as bits, in groups of eight.
 *
 * @see <a href="https://github.com/apache/parquet-format/blob/master/Encodings.md#RLE">Parquet
 *     encodings, run length and bit-packing hybrid</a>
 */
final class HybridEncoding {

  /** How many numbers are packed together; the array of them has room for one more group. */
  static final int GROUP = 8;

  private HybridEncoding() {}

  /** How many bits the numbers from 0 to {@code largest} take. */
  static int width(int largest) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(largest);
  }

  /**
   * Appends numbers.
   *
   * @param values what comes after {@code count} is overwritten by less than a group
   * @param width bits of each
   */
  static void encode(int[] values, int count, int width, Bytes out) {
    BytePacker packer = Packer.LITTLE_ENDIAN.newBytePacker(width);
    int at = 0;
    while (at < count) {
      int from = at;
      if (isRun(values, at, count)) {
        at = runEnd(values, at, count);
        putRun(values[from], at - from, width, out);
      } else {
        do {
          at += GROUP;
        } while (at < count && !isRun(values, at, count));
        for (int i = count; i < at; i++) {
          values[i] = 0;
        }
        pack(values, from, at, packer, out);
      }
    }
  }

  /** Appends one number so many times. */
  static void putRun(int value, int count, int width, Bytes out) {
    out.putVarint(count << 1);
    for (int bits = 0; bits < width; bits += Byte.SIZE) {
      out.put(value >>> bits);
    }
  }

  private static void pack(int[] values, int from, int to, BytePacker packer, Bytes out) {
    out.putVarint((to - from) / GROUP << 1 | 1);
    int width = packer.getBitWidth(); // bits of a number are bytes of a group
    int target = out.take((to - from) / GROUP * width);
    for (int i = from; i < to; i += GROUP) {
      packer.pack8Values(values, i, out.array(), target);
      target += width;
    }
  }

  private static boolean isRun(int[] values, int from, int count) {
    if (count - from < GROUP) {
      return false;
    }
    for (int i = from + 1; i < from + GROUP; i++) {
      if (values[i] != values[from]) {
        return false;
      }
    }
    return true;
  }

  private static int runEnd(int[] values, int from, int count) {
    int end = from + GROUP;
    while (end < count && values[end] == values[from]) {
      end++;
    }
    return end;
  }
}
