// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

import java.util.Arrays;

/**
 * Gives keys of two numbers an id each, from 0 on, in the order in which they come: a hash table
 * with open addressing, so that no object is made to look one up. For one thread.
 */
final class KeyTable {

  private static final int SMALLEST = 1 << 12;

  /** Many, so that a key is nearly always where it is looked for first. */
  private static final int SLOTS_OF_KEY = 8;

  private static final int NONE = -1;

  private long[] keys = new long[2 * SMALLEST / SLOTS_OF_KEY]; // the two numbers of each
  private int[] ids = new int[SMALLEST];
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
    if (2 * size == keys.length) {
      grow();
      slot = slot(high, low);
    }
    ids[slot] = size;
    keys[2 * size] = high;
    keys[2 * size + 1] = low;
    return size++;
  }

  int size() {
    return size;
  }

  long high(int id) {
    return keys[2 * id];
  }

  long low(int id) {
    return keys[2 * id + 1];
  }

  void clear() {
    size = 0;
    Arrays.fill(ids, NONE);
  }

  /** Where the key is, or where it is to go. */
  private int slot(long high, long low) {
    long hash = (high * 0x9E3779B97F4A7C15L + low) * 0xBF58476D1CE4E5B9L;
    int slot = (int) (hash >>> Long.numberOfLeadingZeros(ids.length - 1L)); // its first bits
    while (ids[slot] != NONE && !isAt(ids[slot], high, low)) {
      slot = (slot + 1) & (ids.length - 1);
    }
    return slot;
  }

  private boolean isAt(int id, long high, long low) {
    return keys[2 * id] == high && keys[2 * id + 1] == low;
  }

  private void grow() {
    keys = Arrays.copyOf(keys, 4 * size);
    ids = new int[2 * SLOTS_OF_KEY * size];
    Arrays.fill(ids, NONE);
    for (int id = 0; id < size; id++) {
      ids[slot(high(id), low(id))] = id;
    }
  }
}
