// SPDX-License-Identifier: Apache-2.0
package dev.billion.schemas;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Big-endian numbers in a byte array, one instruction each. */
public final class BigEndian {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private BigEndian() {}

  public static long getLong(byte[] bytes, int offset) {
    return (long) LONGS.get(bytes, offset);
  }

  /**
   * Up to eight bytes as a number, in one read where eight bytes end with them.
   *
   * @param end behind the last of them
   * @param count how many, from 0 to 8
   */
  public static long getBytes(byte[] bytes, int end, int count) {
    if (end >= Long.BYTES) {
      int halfBits = count * Byte.SIZE / 2; // shifting by 64 bits is shifting by none
      return getLong(bytes, end - Long.BYTES) & ~(-1L << halfBits << halfBits);
    }
    long value = 0;
    for (int at = end - count; at < end; at++) {
      value = value << Byte.SIZE | bytes[at] & 0xFF;
    }
    return value;
  }

  public static void putLong(byte[] bytes, int offset, long value) {
    LONGS.set(bytes, offset, value);
  }

  public static int getInt(byte[] bytes, int offset) {
    return (int) INTS.get(bytes, offset);
  }

  public static void putInt(byte[] bytes, int offset, int value) {
    INTS.set(bytes, offset, value);
  }
}
