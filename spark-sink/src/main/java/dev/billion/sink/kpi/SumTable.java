// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

import java.util.function.Consumer;

/**
 * Sums by keys of two numbers, in a hash table with open addressing: no object is made to look one
 * up. For one thread.
 */
final class SumTable {

  /** A sum and its key. */
  record Entry(long high, long low, KpiSum sum) {}

  private static final int SMALLEST = 1 << 10;

  private long[] highs = new long[SMALLEST];
  private long[] lows = new long[SMALLEST];
  private KpiSum[] sums = new KpiSum[SMALLEST];
  private int size;

  /** The sum of a key, a new one if there is none. */
  KpiSum get(long high, long low) {
    int slot = slot(high, low);
    if (sums[slot] == null) {
      if (2 * (size + 1) > sums.length) {
        grow();
        slot = slot(high, low);
      }
      highs[slot] = high;
      lows[slot] = low;
      sums[slot] = new KpiSum();
      size++;
    }
    return sums[slot];
  }

  int size() {
    return size;
  }

  void forEach(Consumer<Entry> action) {
    for (int i = 0; i < sums.length; i++) {
      if (sums[i] != null) {
        action.accept(new Entry(highs[i], lows[i], sums[i]));
      }
    }
  }

  /** Where the key is, or where it is to go. */
  private int slot(long high, long low) {
    long hash = (high * 0x9E3779B97F4A7C15L + low) * 0xBF58476D1CE4E5B9L;
    int slot = (int) (hash >>> 32) & (sums.length - 1);
    while (sums[slot] != null && (highs[slot] != high || lows[slot] != low)) {
      slot = (slot + 1) & (sums.length - 1);
    }
    return slot;
  }

  private void grow() {
    long[] oldHighs = highs;
    long[] oldLows = lows;
    KpiSum[] oldSums = sums;
    highs = new long[2 * oldSums.length];
    lows = new long[highs.length];
    sums = new KpiSum[highs.length];
    for (int i = 0; i < oldSums.length; i++) {
      if (oldSums[i] != null) {
        int slot = slot(oldHighs[i], oldLows[i]);
        highs[slot] = oldHighs[i];
        lows[slot] = oldLows[i];
        sums[slot] = oldSums[i];
      }
    }
  }
}
