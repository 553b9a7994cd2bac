// SPDX-License-Identifier: Apache-2.0
package dev.billion.schemas;

/**
 * The Confluent wire format of a Kafka record's value: a magic byte 0, the writer schema's id in
 * the registry as 4 big-endian bytes, then the record in Avro binary encoding.
 *
 * @see <a
 *     href="https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html#wire-format">Confluent
 *     documentation, wire format</a>
 */
public final class WireFormat {

  public static final byte MAGIC = 0;

  /** Where the Avro body starts. */
  public static final int HEADER_BYTES = 1 + Integer.BYTES;

  private WireFormat() {}

  /** Writes the five header bytes at the start of {@code value}. */
  public static void writeHeader(byte[] value, int schemaId) {
    value[0] = MAGIC;
    BigEndian.putInt(value, 1, schemaId);
  }

  /** The writer schema's id in a value without a {@link #defect}. */
  public static int schemaId(byte[] value) {
    return BigEndian.getInt(value, 1);
  }

  /** Why a value has no readable header, or null where it has one. */
  public static DeadLetterReason defect(byte[] value) {
    if (value == null) {
      return DeadLetterReason.NULL_VALUE;
    }
    if (value.length > 0 && value[0] != MAGIC) {
      return DeadLetterReason.BAD_MAGIC;
    }
    return value.length < HEADER_BYTES ? DeadLetterReason.TOO_SHORT : null;
  }
}
