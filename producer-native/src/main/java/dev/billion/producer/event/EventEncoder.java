// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.event;

import dev.billion.schemas.BigEndian;
import dev.billion.schemas.EventId;
import dev.billion.schemas.WireFormat;
import java.util.Arrays;
import org.apache.avro.util.Utf8;

/**
 * Writes an {@link Event} in the Confluent wire format, byte for byte what Avro's own encoder would
 * write: longs as zigzag varints, strings behind their length, a union behind its branch.
 *
 * <p>Allocates nothing once it is warm: Kafka's producer takes an array of exactly the value's size
 * and copies it before {@code send} returns, so there is one array per size, used again and again.
 * Not safe for use by several threads.
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#binary-encoding">Avro
 *     specification, binary encoding</a>
 */
public final class EventEncoder {

  private static final byte NULL_BRANCH = 0;
  private static final byte VALUE_BRANCH = 2;

  private byte[][] arrays = new byte[256][];

  /** The value of the record that carries {@code event}, for use until the next call. */
  public byte[] encode(int schemaId, Event event) {
    byte[] value = array(size(event));
    WireFormat.writeHeader(value, schemaId);
    int at = WireFormat.HEADER_BYTES;
    BigEndian.putLong(value, at, event.idHigh);
    BigEndian.putLong(value, at + Long.BYTES, event.idLow);
    at = writeLong(value, at + EventId.BYTES, event.timeMicros);
    at = writeLong(value, at, event.userId);
    at = writeString(value, at, event.sessionId);
    at = writeLong(value, at, event.type.ordinal());
    at = writeString(value, at, event.category);
    at = writeString(value, at, event.region);
    at = writeLong(value, at, event.device.ordinal());
    at = writeString(value, at, event.page);
    at = writeOptionalString(value, at, event.referrer);
    if (event.amountCents == null) {
      value[at++] = NULL_BRANCH;
    } else {
      value[at++] = VALUE_BRANCH;
      at = writeLong(value, at, event.amountCents);
    }
    at = writeOptionalString(value, at, event.currency);
    if (at != value.length) {
      throw new IllegalStateException("encoded %d bytes, sized for %d".formatted(at, value.length));
    }
    return value;
  }

  private byte[] array(int size) {
    if (size >= arrays.length) {
      arrays = Arrays.copyOf(arrays, 2 * size);
    }
    if (arrays[size] == null) {
      arrays[size] = new byte[size];
    }
    return arrays[size];
  }

  private static int size(Event event) {
    return WireFormat.HEADER_BYTES
        + EventId.BYTES
        + longSize(event.timeMicros)
        + longSize(event.userId)
        + stringSize(event.sessionId)
        + longSize(event.type.ordinal())
        + stringSize(event.category)
        + stringSize(event.region)
        + longSize(event.device.ordinal())
        + stringSize(event.page)
        + optionalStringSize(event.referrer)
        + (event.amountCents == null ? 1 : 1 + longSize(event.amountCents))
        + optionalStringSize(event.currency);
  }

  private static int longSize(long value) {
    long zigzag = (value << 1) ^ (value >> 63);
    return (63 - Long.numberOfLeadingZeros(zigzag | 1)) / 7 + 1;
  }

  private static int stringSize(Utf8 string) {
    return longSize(string.getByteLength()) + string.getByteLength();
  }

  private static int optionalStringSize(Utf8 string) {
    return string == null ? 1 : 1 + stringSize(string);
  }

  private static int writeLong(byte[] value, int at, long number) {
    long zigzag = (number << 1) ^ (number >> 63);
    int next = at;
    while ((zigzag & ~0x7FL) != 0) {
      value[next++] = (byte) (zigzag | 0x80);
      zigzag >>>= 7;
    }
    value[next++] = (byte) zigzag;
    return next;
  }

  private static int writeString(byte[] value, int at, Utf8 string) {
    int length = string.getByteLength();
    int next = writeLong(value, at, length);
    System.arraycopy(string.getBytes(), 0, value, next, length);
    return next + length;
  }

  private static int writeOptionalString(byte[] value, int at, Utf8 string) {
    if (string == null) {
      value[at] = NULL_BRANCH;
      return at + 1;
    }
    value[at] = VALUE_BRANCH;
    return writeString(value, at + 1, string);
  }
}
