// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.parquet;

import dev.billion.schemas.BigEndian;
import java.util.Arrays;

/** A dictionary of byte strings. For one thread. */
final class TextDictionary extends Dictionary {

  private int[] ends = new int[64]; // of the entries in the body

  /** The entry for a range of bytes, which is made where there is none. */
  int entryOf(byte[] source, int from, int length) {
    long hash = hash(source, from, length);
    int slot = slot(hash);
    for (int entry = entry(slot); entry >= 0; entry = entry(slot)) {
      if (hash(entry) == hash && isAt(entry, source, from, length)) {
        return entry;
      }
      slot = next(slot);
    }
    body().putInt(length);
    body().put(source, from, length);
    int entry = enter(slot, hash);
    if (entry == ends.length) {
      ends = Arrays.copyOf(ends, 2 * entry);
    }
    ends[entry] = body().length();
    return entry;
  }

  private boolean isAt(int entry, byte[] source, int from, int length) {
    int end = ends[entry];
    return Arrays.equals(body().array(), start(entry), end, source, from, from + length);
  }

  private int start(int entry) {
    return (entry == 0 ? 0 : ends[entry - 1]) + Integer.BYTES;
  }

  /** Eight bytes at a time, the last eight overlapping the ones before. */
  private static long hash(byte[] source, int from, int length) {
    long hash = length;
    int end = from + length;
    if (length >= Long.BYTES) {
      for (int at = from; at < end - Long.BYTES; at += Long.BYTES) {
        hash = mix(hash ^ BigEndian.getLong(source, at));
      }
      return mix(hash ^ BigEndian.getLong(source, end - Long.BYTES));
    }
    for (int at = from; at < end; at++) {
      hash = hash << Byte.SIZE ^ source[at];
    }
    return mix(hash);
  }
}
