// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

import java.util.Arrays;

/**
 * Gives keys of two numbers an id each, from 0 on, in the order in which they come: a hash table
 * with open addressing, so that no object is made to look one up. For one thread.
 */
final class KeyTable {

  private static final int SMALLEST = 1 << 10;
  private static final int NONE = -1;

  private long[] highs = new long[SMALLEST / 2];
  private long[] lows = new long[SMALLEST / 2];
  private int[] ids = new int[SMALLEST]; // twice as many as there is room for
  private int size;

  KeyTable() {
    clear();
  }

  /** The id of a key, a new one if it has none. */
  int idOf(long high, long low) {
    int slot = slot(high, low);
    if (ids[slot] != NONE) {
      return ids[slot];
    }
    if (size == highs.length) {
      grow();
      slot = slot(high, low);
    }
    ids[slot] = size;
    highs[size] = high;
    lows[size] = low;
    return size++;
  }

  int size() {
    return size;
  }

  long high(int id) {
    return highs[id];
  }

  long low(int id) {
    return lows[id];
  }

  void clear() {
    size = 0;
    Arrays.fill(ids, NONE);
  }

  /** Where the key is, or where it is to go. */
  private int slot(long high, long low) {
    long hash = (high * 0x9E3779B97F4A7C15L + low) * 0xBF58476D1CE4E5B9L;
    int slot = (int) (hash >>> 32) & (ids.length - 1);
    while (ids[slot] != NONE && (highs[ids[slot]] != high || lows[ids[slot]] != low)) {
      slot = (slot + 1) & (ids.length - 1);
    }
    return slot;
  }

  private void grow() {
    highs = Arrays.copyOf(highs, 2 * size);
    lows = Arrays.copyOf(lows, 2 * size);
    ids = new int[4 * size];
    Arrays.fill(ids, NONE);
    for (int id = 0; id < size; id++) {
      ids[slot(highs[id], lows[id])] = id;
    }
  }
}
