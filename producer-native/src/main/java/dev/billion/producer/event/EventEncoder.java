// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.event;

import dev.billion.schemas.BigEndian;
import dev.billion.schemas.EventId;
import dev.billion.schemas.Varint;
import dev.billion.schemas.WireFormat;
import java.util.Arrays;

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
  private static final byte SESSION_LENGTH = Event.SESSION_BYTES << 1;

  /** Header, id, session behind its length, and the numbers of type and device. */
  private static final int FIXED_BYTES =
      WireFormat.HEADER_BYTES + EventId.BYTES + 1 + Event.SESSION_BYTES + 2;

  private byte[][] arrays = new byte[256][];

  /** The value of the record that carries {@code event}, for use until the next call. */
  public byte[] encode(int schemaId, Event event) {
    byte[] value = array(size(event));
    WireFormat.writeHeader(value, schemaId);
    int at = WireFormat.HEADER_BYTES;
    BigEndian.putLong(value, at, event.idHigh);
    BigEndian.putLong(value, at + Long.BYTES, event.idLow);
    at = Varint.write(value, at + EventId.BYTES, event.timeMicros);
    at = Varint.write(value, at, event.userId);
    at = writeSession(value, at, event.sessionId.getBytes());
    value[at++] = ordinal(event.type);
    at = writeText(value, at, event.category);
    at = writeText(value, at, event.region);
    value[at++] = ordinal(event.device);
    at = writeText(value, at, event.page);
    at = writeOptionalText(value, at, event.referrer);
    if (event.amountCents == null) {
      value[at++] = NULL_BRANCH;
    } else {
      value[at++] = VALUE_BRANCH;
      at = Varint.write(value, at, event.amountCents);
    }
    at = writeOptionalText(value, at, event.currency);
    if (event.version > 1) {
      at = writeOptionalText(value, at, event.appVersion);
    }
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
    return FIXED_BYTES
        + Varint.size(event.timeMicros)
        + Varint.size(event.userId)
        + event.category.encoded().length
        + event.region.encoded().length
        + event.page.encoded().length
        + optionalSize(event.referrer)
        + (event.amountCents == null ? 1 : 1 + Varint.size(event.amountCents))
        + optionalSize(event.currency)
        + (event.version > 1 ? optionalSize(event.appVersion) : 0);
  }

  private static int optionalSize(Text text) {
    return text == null ? 1 : 1 + text.encoded().length;
  }

  /** An enum's symbol by its number, zigzag; none of ours has more than 64. */
  private static byte ordinal(Enum<?> symbol) {
    return (byte) (symbol.ordinal() << 1);
  }

  private static int writeSession(byte[] value, int at, byte[] session) {
    value[at] = SESSION_LENGTH;
    System.arraycopy(session, 0, value, at + 1, Event.SESSION_BYTES);
    return at + 1 + Event.SESSION_BYTES;
  }

  private static int writeText(byte[] value, int at, Text text) {
    byte[] encoded = text.encoded();
    System.arraycopy(encoded, 0, value, at, encoded.length);
    return at + encoded.length;
  }

  private static int writeOptionalText(byte[] value, int at, Text text) {
    if (text == null) {
      value[at] = NULL_BRANCH;
      return at + 1;
    }
    value[at] = VALUE_BRANCH;
    return writeText(value, at + 1, text);
  }
}
