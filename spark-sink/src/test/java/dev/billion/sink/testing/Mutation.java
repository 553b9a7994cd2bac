// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.testing;

import dev.billion.schemas.WireFormat;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;

/** A record's value with some damage, mostly to its body. */
public final class Mutation {

  private static final byte[] HARD = {0, 1, 2, 3, 0x7F, -1, -2, (byte) 0x80, (byte) 0xC0};
  private static final int HEADER = WireFormat.HEADER_BYTES;

  /** Varints of lengths and counts that nobody has: 2^31 - 1, 2^62, -2^63 and more than 64 bits. */
  private static final byte[][] BLOWN_UP = {
    {-2, -1, -1, -1, 0x0F},
    {-128, -128, -128, -128, -128, -128, -128, -128, -128, 1},
    {-1, -1, -1, -1, -1, -1, -1, -1, -1, 1},
    {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1}
  };

  private Mutation() {}

  /**
   * Damages one of some values, or joins parts of two.
   *
   * @param ids schema ids that may be put into the header
   */
  public static byte[] of(byte[][] seeds, int[] ids, Random random) {
    byte[] value = seeds[random.nextInt(seeds.length)].clone();
    for (int i = random.nextInt(4); i > 0 && value.length > HEADER; i--) {
      int at = HEADER + random.nextInt(value.length - HEADER);
      switch (random.nextInt(12)) {
        case 0, 1 -> value[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> value[at] = HARD[random.nextInt(HARD.length)];
        case 3 -> value = Arrays.copyOf(value, at);
        case 4 -> value = Arrays.copyOf(value, value.length + 1 + random.nextInt(8));
        case 5 -> Arrays.fill(value, at, Math.min(value.length, at + 10), (byte) -1);
        case 6 -> value = splice(value, at, seeds[random.nextInt(seeds.length)], random);
        case 7 -> WireFormat.writeHeader(value, ids[random.nextInt(ids.length)]);
        case 8 -> value = join(value, at, BLOWN_UP[random.nextInt(BLOWN_UP.length)], at + 1);
        case 9 -> value = join(value, at, new byte[0], Math.min(value.length, at + 3));
        case 10 -> value = join(value, at, Arrays.copyOfRange(value, HEADER, at), at);
        default -> {
          byte[] noise = new byte[random.nextInt(16)];
          random.nextBytes(noise);
          value = join(value, at, noise, Math.min(value.length, at + noise.length));
        }
      }
    }
    if (random.nextInt(100) == 0) {
      value[random.nextInt(value.length)] = (byte) random.nextInt();
    }
    return value;
  }

  private static byte[] splice(byte[] head, int at, byte[] tail, Random random) {
    int from = HEADER + random.nextInt(tail.length - HEADER + 1);
    return join(head, at, Arrays.copyOfRange(tail, from, tail.length), head.length);
  }

  /** What is before {@code at}, then {@code middle}, then what is from {@code from} on. */
  private static byte[] join(byte[] value, int at, byte[] middle, int from) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(value, 0, at);
    out.writeBytes(middle);
    out.write(value, from, value.length - from);
    return out.toByteArray();
  }
}
