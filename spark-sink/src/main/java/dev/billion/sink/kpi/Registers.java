// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

/**
 * The registers of a HyperLogLog sketch, a byte each, as the sketches of Apache DataSketches fill
 * theirs: the same users make the same registers. Filling them here takes a fraction of the time,
 * as a sketch adjusts its estimates at every change, and these are not asked for before all users
 * are in.
 */
final class Registers {

  static final int LG_NUMBER = 12;
  static final int NUMBER = 1 << LG_NUMBER;

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

  private static long mix(long hash) {
    hash ^= hash >>> 33;
    hash *= 0xff51afd7ed558ccdL;
    hash ^= hash >>> 33;
    hash *= 0xc4ceb9fe1a85ec53L;
    return hash ^ hash >>> 33;
  }
}
