// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.parquet;

import java.util.Arrays;

/**
 * The different values of a column, numbered in the order of their first appearance: a hash table
 * with open addressing over the bytes of the dictionary page itself. For one thread.
 */
abstract class Dictionary {

  static final int MOST_BYTES = 1 << 20;

  private static final int FIRST_SLOTS = 1 << 10;
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private final Bytes body = new Bytes();
  private int[] slots = new int[FIRST_SLOTS]; // an entry's number and one, 0 where there is none
  private long[] hashes = new long[FIRST_SLOTS / 2];
  private int size;

  /** The values in Parquet's plain encoding. */
  final Bytes body() {
    return body;
  }

  final int size() {
    return size;
  }

  final boolean isFull() {
    return body.length() >= MOST_BYTES;
  }

  void clear() {
    body.clear();
    Arrays.fill(slots, 0);
    size = 0;
  }

  static long mix(long bits) {
    long product = bits * GOLDEN_GAMMA;
    return product ^ product >>> 32;
  }

  final long hash(int entry) {
    return hashes[entry];
  }

  /** The slot to look at first. */
  final int slot(long hash) {
    return (int) hash & slots.length - 1;
  }

  final int next(int slot) {
    return slot + 1 & slots.length - 1;
  }

  /** The entry in a slot, -1 if there is none. */
  final int entry(int slot) {
    return slots[slot] - 1;
  }

  /** Numbers a new entry; its bytes are for the caller to add. */
  final int enter(int slot, long hash) {
    slots[slot] = size + 1;
    hashes[size++] = hash;
    if (size == hashes.length) {
      grow();
    }
    return size - 1;
  }

  private void grow() {
    hashes = Arrays.copyOf(hashes, 2 * size);
    slots = new int[2 * slots.length];
    for (int entry = 0; entry < size; entry++) {
      int slot = slot(hashes[entry]);
      while (slots[slot] != 0) {
        slot = next(slot);
      }
      slots[slot] = entry + 1;
    }
  }
}
