// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.decode;

import java.util.Arrays;
import java.util.Random;

/** A record's value with some damage to its body; the header is left as it is. */
final class Mutation {

  private static final byte[] HARD = {0, 1, 2, 3, 0x7F, -1, -2, (byte) 0x80, (byte) 0xC0};
  private static final int HEADER = 5;

  private Mutation() {}

  static byte[] of(byte[] seed, Random random) {
    byte[] value = seed.clone();
    int damages = 1 + random.nextInt(4);
    for (int i = 0; i < damages && value.length > HEADER; i++) {
      int at = HEADER + random.nextInt(value.length - HEADER);
      switch (random.nextInt(5)) {
        case 0 -> value[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> value[at] = HARD[random.nextInt(HARD.length)];
        case 2 -> value = Arrays.copyOf(value, at);
        case 3 -> value = Arrays.copyOf(value, value.length + random.nextInt(8));
        default -> Arrays.fill(value, at, Math.min(value.length, at + 10), (byte) -1);
      }
    }
    return value;
  }
}
