// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.parquet;

import dev.billion.schemas.BigEndian;
import java.util.Arrays;

/**
 * A dictionary of byte strings, most of which are short: their last sixteen bytes are compared as
 * two numbers, whatever the length, without a branch. For one thread.
 */
final class TextDictionary extends Dictionary {

  private static final int TAIL = 2 * Long.BYTES;

  private int[] lengths = new int[64];
  private long[] tails = new long[2 * lengths.length]; // two of each entry
  private int[] ends = new int[lengths.length]; // of the entries in the body

  /** The entry for a range of bytes, which is made where there is none. */
  int entryOf(byte[] source, int from, int length) {
    int end = from + length;
    long last = BigEndian.getBytes(source, end, Math.min(length, Long.BYTES));
    int before = Math.max(Math.min(length, TAIL) - Long.BYTES, 0);
    long first = BigEndian.getBytes(source, end - Long.BYTES, before);
    long hash = mix(mix(length ^ last) ^ first);
    for (int at = from; at < end - TAIL; at += Long.BYTES) {
      hash = mix(hash ^ BigEndian.getLong(source, at));
    }
    int slot = slot(hash);
    for (int entry = entry(slot); entry >= 0; entry = entry(slot)) {
      if (tails[2 * entry] == first
          && tails[2 * entry + 1] == last
          && lengths[entry] == length
          && (length <= TAIL || beginsWith(entry, source, from, length - TAIL))) {
        return entry;
      }
      slot = next(slot);
    }
    body().putInt(length);
    body().put(source, from, length);
    return enter(slot, hash, first, last, length);
  }

  private boolean beginsWith(int entry, byte[] source, int from, int count) {
    int start = ends[entry] - lengths[entry];
    return Arrays.equals(body().array(), start, start + count, source, from, from + count);
  }

  private int enter(int slot, long hash, long first, long last, int length) {
    int entry = enter(slot, hash);
    if (entry == lengths.length) {
      lengths = Arrays.copyOf(lengths, 2 * entry);
      tails = Arrays.copyOf(tails, 4 * entry);
      ends = Arrays.copyOf(ends, 2 * entry);
    }
    lengths[entry] = length;
    tails[2 * entry] = first;
    tails[2 * entry + 1] = last;
    ends[entry] = body().length();
    return entry;
  }
}
