// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.parquet;

/** A dictionary of numbers of 64 or 32 bits. For one thread. */
final class NumberDictionary extends Dictionary {

  private final boolean narrow;

  /**
   * @param narrow whether the column's numbers have 32 bits
   */
  NumberDictionary(boolean narrow) {
    this.narrow = narrow;
  }

  /** The entry for a number, which is made where there is none. */
  int entryOf(long value) {
    long hash = mix(value); // of one number only
    int slot = slot(hash);
    for (int entry = entry(slot); entry >= 0; entry = entry(slot)) {
      if (hash(entry) == hash) {
        return entry;
      }
      slot = next(slot);
    }
    if (narrow) {
      body().putInt((int) value);
    } else {
      body().putLong(value);
    }
    return enter(slot, hash);
  }
}
