// SPDX-License-Identifier: Apache-2.0
package dev.billion.schemas;

import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * The identity of an event: which run made it, in which shard, as which one in that shard.
 *
 * <p>On the wire and in the table it is a UUID of version 8 (RFC 9562, section 5.8), 16 bytes, most
 * significant first:
 *
 * <pre>
 *  bits   0..47   run       48 bits   unsigned
 *  bits  48..51   version    4 bits   always 8
 *  bits  52..63   shard     12 bits   unsigned
 *  bits  64..65   variant    2 bits   always binary 10
 *  bits  66..127  sequence  62 bits   unsigned
 * </pre>
 *
 * <p>The sequences of a shard have no gaps: with the sequences 0 to n-1 of each (run, shard)
 * present once, nothing was lost and nothing doubled. The static readers work on raw bytes, for use
 * where an object per record is too much.
 *
 * @param run the run, 0 to {@link #MAX_RUN}
 * @param shard the shard, 0 to {@link #MAX_SHARD}
 * @param sequence the position in the shard, 0 to {@link #MAX_SEQUENCE}
 */
public record EventId(long run, int shard, long sequence) {

  public static final int BYTES = 16;
  public static final int RUN_BITS = 48;
  public static final int SHARD_BITS = 12;
  public static final int SEQUENCE_BITS = 62;
  public static final long MAX_RUN = (1L << RUN_BITS) - 1;
  public static final int MAX_SHARD = (1 << SHARD_BITS) - 1;
  public static final long MAX_SEQUENCE = (1L << SEQUENCE_BITS) - 1;

  private static final long VERSION = 8L << SHARD_BITS;
  private static final long VERSION_MASK = 0xFL << SHARD_BITS;
  private static final long VARIANT = 0b10L << SEQUENCE_BITS;
  private static final long VARIANT_MASK = 0b11L << SEQUENCE_BITS;

  /**
   * @throws IllegalArgumentException if a part is out of its range
   */
  public EventId {
    requireInRange("run", run, MAX_RUN);
    requireInRange("shard", shard, MAX_SHARD);
    requireInRange("sequence", sequence, MAX_SEQUENCE);
  }

  /**
   * The id in the 16 bytes that start at {@code offset}.
   *
   * @throws IllegalArgumentException if they are not a UUID of version 8
   */
  public static EventId read(byte[] bytes, int offset) {
    if (!isEventId(bytes, offset)) {
      throw new IllegalArgumentException(
          "not a UUID of version 8: " + new UUID(high(bytes, offset), low(bytes, offset)));
    }
    return new EventId(run(bytes, offset), shard(bytes, offset), sequence(bytes, offset));
  }

  /** Whether 16 bytes from {@code offset} are there and carry version 8 and the RFC's variant. */
  public static boolean isEventId(byte[] bytes, int offset) {
    return offset + BYTES <= bytes.length
        && (high(bytes, offset) & VERSION_MASK) == VERSION
        && (low(bytes, offset) & VARIANT_MASK) == VARIANT;
  }

  /** The run of the id at {@code offset}, unchecked. */
  public static long run(byte[] bytes, int offset) {
    return high(bytes, offset) >>> (Long.SIZE - RUN_BITS);
  }

  /** The shard of the id at {@code offset}, unchecked. */
  public static int shard(byte[] bytes, int offset) {
    return (int) high(bytes, offset) & MAX_SHARD;
  }

  /** The sequence of the id at {@code offset}, unchecked. */
  public static long sequence(byte[] bytes, int offset) {
    return low(bytes, offset) & MAX_SEQUENCE;
  }

  /** The first eight bytes of the id of (run, shard), which must be in range. */
  public static long high(long run, int shard) {
    return run << (Long.SIZE - RUN_BITS) | VERSION | shard;
  }

  /** The last eight bytes of the id of a sequence, which must be in range. */
  public static long low(long sequence) {
    return VARIANT | sequence;
  }

  /** The id as 16 bytes. */
  public byte[] toBytes() {
    return ByteBuffer.allocate(BYTES).putLong(high(run, shard)).putLong(low(sequence)).array();
  }

  /** The id as the JDK's type. */
  public UUID toUuid() {
    return new UUID(high(run, shard), low(sequence));
  }

  private static long high(byte[] bytes, int offset) {
    return BigEndian.getLong(bytes, offset);
  }

  private static long low(byte[] bytes, int offset) {
    return BigEndian.getLong(bytes, offset + Long.BYTES);
  }

  private static void requireInRange(String name, long value, long max) {
    if (value < 0 || value > max) {
      throw new IllegalArgumentException("must be from 0 to %d: %s=%d".formatted(max, name, value));
    }
  }
}
