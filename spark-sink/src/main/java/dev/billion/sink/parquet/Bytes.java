// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.parquet;

import dev.billion.schemas.Varint;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes that grow at their end, numbers little-endian as in all of Parquet. For one thread. */
final class Bytes {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int FIRST = 1 << 12;

  private byte[] bytes = new byte[FIRST];
  private int length;

  /** What there is, from 0 to {@link #length()}; until the next change. */
  byte[] array() {
    return bytes;
  }

  int length() {
    return length;
  }

  void clear() {
    length = 0;
  }

  void put(int value) {
    reserve(1);
    bytes[length++] = (byte) value;
  }

  void putInt(int value) {
    reserve(Integer.BYTES);
    INTS.set(bytes, length, value);
    length += Integer.BYTES;
  }

  void putLong(long value) {
    reserve(Long.BYTES);
    LONGS.set(bytes, length, value);
    length += Long.BYTES;
  }

  void put(byte[] source, int from, int count) {
    reserve(count);
    System.arraycopy(source, from, bytes, length, count);
    length += count;
  }

  /** A number of 32 bits without sign, seven bits a byte, the lowest first. */
  void putVarint(int value) {
    int left = value;
    while ((left & ~0x7F) != 0) {
      put(left & 0x7F | 0x80);
      left >>>= 7;
    }
    put(left);
  }

  /** A number of 64 bits with sign, see {@link Varint}. */
  void putZigzag(long value) {
    int at = take(Varint.size(value));
    Varint.write(bytes, at, value);
  }

  /** Overwrites four bytes that are there. */
  void setInt(int at, int value) {
    INTS.set(bytes, at, value);
  }

  /** Makes room for so many more bytes, and takes them in: they are for the caller to set. */
  int take(int count) {
    reserve(count);
    length += count;
    return length - count;
  }

  /** Makes room for so many more bytes. */
  void reserve(int count) {
    if (count > bytes.length - length) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, count), 2 * bytes.length));
    }
  }

  /** Gives back what the last {@link #take} had too much. */
  void cut(int newLength) {
    length = newLength;
  }
}
