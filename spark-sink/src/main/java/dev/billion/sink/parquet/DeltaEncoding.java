// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.parquet;

/**
 * Parquet's encoding of numbers by what each is more than the one before, of which every 32 take as
 * few bits as the largest of them needs. Numbers that grow, such as times and offsets, take next to
 * none.
 *
 * @see <a href="https://github.com/apache/parquet-format/blob/master/Encodings.md#DELTAENC">Parquet
 *     encodings, delta binary packed</a>
 */
final class DeltaEncoding {

  private static final int BLOCK = 128;
  private static final int GROUPS = 4; // of a block
  private static final int GROUP = BLOCK / GROUPS;
  private static final long LOW_HALF = 0xFFFF_FFFFL;

  private DeltaEncoding() {}

  /**
   * Appends numbers.
   *
   * @param count how many, at least one
   * @param narrow whether they have 32 bits, as differences have then
   */
  static void encode(long[] values, int count, boolean narrow, Bytes out) {
    out.putVarint(BLOCK);
    out.putVarint(GROUPS);
    out.putVarint(count);
    out.putZigzag(values[0]);
    long[] deltas = new long[BLOCK];
    for (int at = 1; at < count; at += BLOCK) {
      putBlock(values, at, Math.min(BLOCK, count - at), narrow, deltas, out);
    }
  }

  private static void putBlock(
      long[] values, int from, int count, boolean narrow, long[] deltas, Bytes out) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      long delta = values[from + i] - values[from + i - 1];
      deltas[i] = narrow ? (int) delta : delta;
      least = Math.min(least, deltas[i]);
    }
    for (int i = 0; i < count; i++) {
      deltas[i] -= least;
      if (narrow) {
        deltas[i] &= LOW_HALF;
      }
    }
    int end = (count + GROUP - 1) / GROUP * GROUP; // the last group is filled up
    for (int i = count; i < end; i++) {
      deltas[i] = 0;
    }
    out.putZigzag(least);
    int widths = out.take(GROUPS);
    for (int group = 0; group < GROUPS; group++) {
      int width = group * GROUP < end ? width(deltas, group * GROUP) : 0;
      out.array()[widths + group] = (byte) width;
      if (width > 0) {
        pack(deltas, group * GROUP, width, out);
      }
    }
  }

  private static int width(long[] values, int from) {
    long bits = 0;
    for (int i = from; i < from + GROUP; i++) {
      bits |= values[i];
    }
    return Long.SIZE - Long.numberOfLeadingZeros(bits);
  }

  /** So many bits of each number of a group, the lowest first. */
  private static void pack(long[] values, int from, int width, Bytes out) {
    long bits = 0;
    int filled = 0;
    for (int i = from; i < from + GROUP; i++) {
      bits |= values[i] << filled;
      filled += width;
      if (filled >= Long.SIZE) {
        out.putLong(bits);
        filled -= Long.SIZE;
        bits = filled == 0 ? 0 : values[i] >>> width - filled;
      }
    }
    if (filled > 0) {
      out.putInt((int) bits); // a group is a multiple of 32 bits
    }
  }
}
