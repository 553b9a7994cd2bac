// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.decode;

/**
 * One event as it lies in its record: numbers are decoded, texts and bytes are ranges of the
 * record's bytes, and what is nested is an object. A column is its position in the {@link
 * EventLayout}. The next record overwrites it. For one thread.
 */
public final class EventView {

  private static final int NULL = -1;

  private final long[] numbers;
  private final byte[][] sources;
  private final int[] starts;
  private final int[] lengths;
  private final Object[] objects;

  EventView(int columns) {
    numbers = new long[columns];
    sources = new byte[columns][];
    starts = new int[columns];
    lengths = new int[columns];
    objects = new Object[columns];
  }

  public boolean isNull(int column) {
    return lengths[column] == NULL;
  }

  /** A number, microseconds since 1970, the position of a symbol, or the bits of a fraction. */
  public long number(int column) {
    return numbers[column];
  }

  /** The array that a text or bytes are a range of. */
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

  /** What is nested, as {@link ValueReaders} make it. */
  public Object object(int column) {
    return objects[column];
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

  /**
   * @param object null for no value
   */
  void setObject(int column, Object object) {
    objects[column] = object;
    lengths[column] = object == null ? NULL : 0;
  }
}
