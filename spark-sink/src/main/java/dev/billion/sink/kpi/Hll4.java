// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;

/**
 * {@link Registers} as Apache DataSketches writes a sketch of a nibble each: what a register has
 * more than the least of them, or 15 where that is 15 or more, which are listed at the end. The
 * library takes eight times as long from a sketch of a byte each to this.
 *
 * @see <a
 *     href="https://github.com/apache/datasketches-java/blob/6.2.0/src/main/java/org/apache/datasketches/hll/PreambleUtil.java">PreambleUtil,
 *     the layout</a>
 */
final class Hll4 {

  private static final byte[] PREAMBLE = {10, 1, 7, Registers.LG_NUMBER}; // ints, version, family
  private static final int COMPACT = 8;
  private static final int IN_NO_ORDER = 16; // of a stream: only registers tell what to estimate

  private static final int LIST = 0;
  private static final int SET = 1;
  private static final int HLL_4 = 2;

  private static final int FLAGS = 5;
  private static final int LEAST = 6;
  private static final int LIST_COUNT = 6;
  private static final int MODE = 7;
  private static final int SET_COUNT = 8;
  private static final int EXCEPTIONS_COUNT = 36;
  private static final int LIST_COUPONS = 8;
  private static final int SET_COUPONS = 12;
  private static final int NIBBLES = 40;
  private static final int EXCEPTIONS = NIBBLES + Registers.NUMBER / 2;

  private static final int EXCEPTION = 15;
  private static final int VALUE_SHIFT = 26; // of a coupon, which has a register's number below
  private static final int VALUES = 64;
  private static final int VALUES_OF_FIRST_SUM = 32;
  private static final int LG_LEAST_ROOM = 5;

  private Hll4() {}

  /** The image of a sketch. */
  static byte[] of(byte[] registers) {
    int[] counts = new int[VALUES];
    for (byte value : registers) {
      counts[value]++;
    }
    int least = 0;
    while (counts[least] == 0) {
      least++;
    }
    int exceptions = 0;
    for (int value = least + EXCEPTION; value < VALUES; value++) {
      exceptions += counts[value];
    }
    byte[] image = new byte[EXCEPTIONS + Integer.BYTES * exceptions];
    ByteBuffer out = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
    out.put(PREAMBLE);
    out.put((byte) lgRoom(exceptions)).put((byte) (COMPACT | IN_NO_ORDER));
    out.put((byte) least).put((byte) HLL_4);
    out.putDouble(0);
    out.putDouble(sum(counts, 0, VALUES_OF_FIRST_SUM));
    out.putDouble(sum(counts, VALUES_OF_FIRST_SUM, VALUES));
    out.putInt(counts[least]);
    out.putInt(exceptions);
    for (int i = 0; i < Registers.NUMBER; i += 2) {
      int even = Math.min(EXCEPTION, registers[i] - least);
      int odd = Math.min(EXCEPTION, registers[i + 1] - least);
      out.put((byte) (odd << 4 | even));
    }
    for (int i = 0; exceptions > 0 && i < Registers.NUMBER; i++) {
      if (registers[i] >= least + EXCEPTION) {
        out.putInt(registers[i] << VALUE_SHIFT | i);
      }
    }
    return image;
  }

  /**
   * Counts the users of a sketch.
   *
   * @param image of a sketch of as many registers
   */
  static void addTo(byte[] registers, byte[] image) {
    boolean isCompact = (image[FLAGS] & COMPACT) != 0;
    ByteBuffer in = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
    if (isCompact && image[MODE] == LIST) {
      addCoupons(registers, in.position(LIST_COUPONS), image[LIST_COUNT]);
    } else if (isCompact && image[MODE] == SET) {
      addCoupons(registers, in.position(SET_COUPONS), in.getInt(SET_COUNT));
    } else if (isCompact && image[MODE] == HLL_4) {
      addNibbles(registers, image);
      addCoupons(registers, in.position(EXCEPTIONS), in.getInt(EXCEPTIONS_COUNT));
    } else {
      addTo(registers, HllSketch.heapify(image).copyAs(TgtHllType.HLL_4).toCompactByteArray());
    }
  }

  private static void addNibbles(byte[] registers, byte[] image) {
    byte[] known = new byte[Registers.NUMBER];
    int least = image[LEAST];
    for (int i = 0; i < Registers.NUMBER / 2; i++) {
      int both = image[NIBBLES + i];
      known[2 * i] = value(both & EXCEPTION, least);
      known[2 * i + 1] = value(both >> 4 & EXCEPTION, least);
    }
    Registers.addAll(registers, known);
  }

  private static byte value(int nibble, int least) {
    return (byte) (nibble == EXCEPTION ? 0 : nibble + least);
  }

  private static void addCoupons(byte[] registers, ByteBuffer in, int count) {
    for (int i = 0; i < count; i++) {
      int coupon = in.getInt();
      int register = coupon & (Registers.NUMBER - 1);
      registers[register] = (byte) Math.max(registers[register], coupon >>> VALUE_SHIFT);
    }
  }

  /** Of 2 to the power of minus each register's value. */
  private static double sum(int[] counts, int from, int until) {
    double sum = 0;
    for (int value = from; value < until; value++) {
      sum += Math.scalb((double) counts[value], -value);
    }
    return sum;
  }

  /** As many exceptions as the library makes room for, which wants a quarter of it free. */
  private static int lgRoom(int exceptions) {
    int lg = LG_LEAST_ROOM;
    while (4 * exceptions > 3 << lg) {
      lg++;
    }
    return exceptions == 0 ? 0 : lg;
  }
}
