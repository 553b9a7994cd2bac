// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.verify;

/** A set of numbers below the size of a {@link Bucket}, as an array of 64-bit words. */
final class Bits {

  static final int WORDS = Bucket.SEQUENCES / Long.SIZE;

  private Bits() {}

  static void add(long[] set, int number) {
    set[number / Long.SIZE] |= 1L << number;
  }

  static void addAll(long[] set, long[] other) {
    for (int i = 0; i < WORDS; i++) {
      set[i] |= other[i];
    }
  }

  static long[] without(long[] set, long[] other) {
    long[] rest = new long[WORDS];
    for (int i = 0; i < WORDS; i++) {
      rest[i] = set[i] & ~other[i];
    }
    return rest;
  }

  /** How many numbers of the set are below {@code limit}, which may be out of range. */
  static long countBelow(long[] set, long limit) {
    long count = 0;
    for (int i = 0; i < WORDS && (long) i * Long.SIZE < limit; i++) {
      long left = limit - (long) i * Long.SIZE;
      long mask = left >= Long.SIZE ? -1L : (1L << left) - 1;
      count += Long.bitCount(set[i] & mask);
    }
    return count;
  }

  /** The smallest number of the set, -1 if it is empty. */
  static int first(long[] set) {
    for (int i = 0; i < WORDS; i++) {
      if (set[i] != 0) {
        return i * Long.SIZE + Long.numberOfTrailingZeros(set[i]);
      }
    }
    return -1;
  }

  /** The largest number of the set, -1 if it is empty. */
  static int last(long[] set) {
    for (int i = WORDS - 1; i >= 0; i--) {
      if (set[i] != 0) {
        return i * Long.SIZE + Long.SIZE - 1 - Long.numberOfLeadingZeros(set[i]);
      }
    }
    return -1;
  }
}
