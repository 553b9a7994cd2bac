// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.event;

import java.util.ArrayList;
import java.util.List;

/**
 * A choice with unequal chances, drawn by one table look-up: each value stands in as many of 1,024
 * slots as its share says.
 */
final class Weighted<T> {

  private static final int SLOTS = 1024;

  private final Object[] slots;

  private Weighted(Object[] slots) {
    this.slots = slots;
  }

  static <T> Builder<T> builder() {
    return new Builder<>();
  }

  /** The value that ten bits of {@code random} pick. */
  @SuppressWarnings("unchecked") // only T is ever put in
  T pick(long random) {
    return (T) slots[(int) random & (SLOTS - 1)];
  }

  static final class Builder<T> {
    private final List<T> values = new ArrayList<>();
    private final List<Integer> weights = new ArrayList<>();

    Builder<T> add(int weight, T value) {
      weights.add(weight);
      values.add(value);
      return this;
    }

    Weighted<T> build() {
      int total = weights.stream().mapToInt(Integer::intValue).sum();
      Object[] slots = new Object[SLOTS];
      int from = 0;
      int sum = 0;
      for (int i = 0; i < values.size(); i++) {
        sum += weights.get(i);
        int to = sum * SLOTS / total;
        for (int slot = from; slot < to; slot++) {
          slots[slot] = values.get(i);
        }
        from = to;
      }
      return new Weighted<>(slots);
    }
  }
}
