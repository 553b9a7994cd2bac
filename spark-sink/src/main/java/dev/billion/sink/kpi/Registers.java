// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.datasketches.hll.HllSketch;

/**
 * The registers of a HyperLogLog sketch, a byte each, as the sketches of Apache DataSketches fill
 * theirs: the same users make the same registers. Filling them here takes a fraction of the time,
 * as a sketch adjusts its estimates at every change, and these are not asked for before all users
 * are in.
 */
final class Registers {

  static final int LG_NUMBER = 12;
  static final int NUMBER = 1 << LG_NUMBER;

  /**
   * Of an image of such a sketch, before its registers: 10 ints, version 1, family HLL, 2^12
   * registers; they are in the order of no stream, so that only they tell what to estimate, and
   * that has to be computed; HLL of a byte each. What is computed is left out. See the layout in <a
   * href="https://github.com/apache/datasketches-java/blob/6.2.0/src/main/java/org/apache/datasketches/hll/PreambleUtil.java">PreambleUtil</a>.
   */
  private static final byte[] PREAMBLE = {10, 1, 7, LG_NUMBER, 0, 16 | 32, 0, 2 << 2 | 2};

  private static final int BYTES_OF_PREAMBLE = 40;

  private static final long SEED = 9001;
  private static final long C1 = 0x87c37b91114253d5L;
  private static final long C2 = 0x4cf5ad432745937fL;
  private static final int BYTES_OF_USER = 8;
  private static final int MOST_ZEROS = 62;

  private Registers() {}

  /** Those of some users. */
  static byte[] of(long[] users) {
    byte[] registers = new byte[NUMBER];
    for (long user : users) {
      add(registers, user);
    }
    return registers;
  }

  /** How many of them a user has been counted in, which are as many users at least. */
  static int used(byte[] registers) {
    int used = 0;
    for (byte register : registers) {
      used += register == 0 ? 0 : 1;
    }
    return used;
  }

  /** Counts a user: by the 128 bits of its Murmur3 hash, which is inlined for one long. */
  static void add(byte[] registers, long user) {
    long first = SEED ^ BYTES_OF_USER ^ Long.rotateLeft(user * C1, 31) * C2;
    long second = SEED ^ BYTES_OF_USER;
    first += second;
    second += first;
    first = mix(first);
    second = mix(second);
    first += second;
    second += first;
    byte value = (byte) (Math.min(MOST_ZEROS, Long.numberOfLeadingZeros(second)) + 1);
    int register = (int) first & (NUMBER - 1);
    registers[register] = (byte) Math.max(registers[register], value);
  }

  /** Counts the users of others. */
  static void addAll(byte[] registers, byte[] others) {
    for (int i = 0; i < NUMBER; i++) {
      registers[i] = (byte) Math.max(registers[i], others[i]);
    }
  }

  static HllSketch sketch(byte[] registers) {
    byte[] image = new byte[BYTES_OF_PREAMBLE + NUMBER];
    ByteBuffer.wrap(image)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(PREAMBLE)
        .put(BYTES_OF_PREAMBLE, registers);
    return HllSketch.heapify(image);
  }

  private static long mix(long hash) {
    hash ^= hash >>> 33;
    hash *= 0xff51afd7ed558ccdL;
    hash ^= hash >>> 33;
    hash *= 0xc4ceb9fe1a85ec53L;
    return hash ^ hash >>> 33;
  }
}
