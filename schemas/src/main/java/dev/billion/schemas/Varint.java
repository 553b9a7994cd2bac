// SPDX-License-Identifier: Apache-2.0
package dev.billion.schemas;

/**
 * Numbers as Avro and Kafka write them: zigzag, so that small negative ones are short, too, then
 * seven bits a byte, the lowest first.
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#binary-encoding">Avro
 *     specification, binary encoding</a>
 */
public final class Varint {

  private Varint() {}

  /** How many bytes a number takes: 1 to 10. */
  public static int size(long number) {
    return (63 - Long.numberOfLeadingZeros(zigzag(number) | 1)) / 7 + 1;
  }

  /**
   * Writes a number.
   *
   * @return where the next byte goes
   */
  public static int write(byte[] bytes, int at, long number) {
    long rest = zigzag(number);
    int next = at;
    while ((rest & ~0x7FL) != 0) {
      bytes[next++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[next++] = (byte) rest;
    return next;
  }

  private static long zigzag(long number) {
    return (number << 1) ^ (number >> 63);
  }
}
