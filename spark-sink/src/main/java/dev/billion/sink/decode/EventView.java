// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.decode;

/**
 * One event as it lies in its record: numbers are decoded, texts and fixed bytes are ranges of the
 * record's bytes. A column is its position in {@link EventLayout#COLUMNS}. The next record
 * overwrites it. For one thread.
 */
public final class EventView {

  private static final int NULL = -1;

  private final long[] numbers = new long[EventLayout.COLUMNS.size()];
  private final byte[][] sources = new byte[numbers.length][];
  private final int[] starts = new int[numbers.length];
  private final int[] lengths = new int[numbers.length];

  public boolean isNull(int column) {
    return lengths[column] == NULL;
  }

  /** A number, microseconds since 1970, or the position of a symbol. */
  public long number(int column) {
    return numbers[column];
  }

  /** The array that a text or fixed bytes are a range of. */
  public byte[] source(int column) {
    return sources[column];
  }

  /** Where the range starts. */
  public int start(int column) {
    return starts[column];
  }

  /** How many bytes it has. */
  public int length(int column) {
    return lengths[column];
  }

  void setNull(int column) {
    lengths[column] = NULL;
  }

  void set(int column, long number) {
    numbers[column] = number;
    lengths[column] = 0;
  }

  void set(int column, byte[] source, int start, int length) {
    sources[column] = source;
    starts[column] = start;
    lengths[column] = length;
  }
}
