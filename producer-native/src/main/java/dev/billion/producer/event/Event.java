// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.event;

import dev.billion.schemas.DeadLetterReason;
import dev.billion.schemas.Device;
import dev.billion.schemas.EventId;
import dev.billion.schemas.EventType;
import dev.billion.schemas.EventUuid;
import dev.billion.schemas.UserEvent;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.util.Utf8;

/**
 * A {@link UserEvent} that is filled again and again: plain fields, strings as UTF-8, nothing
 * allocated. {@link EventEncoder} writes it; it is also an ordinary Avro record, for any other
 * serializer. Not safe for use by several threads, and not to be kept.
 */
public final class Event implements IndexedRecord {

  static final int SESSION_BYTES = 16;

  long idHigh;
  long idLow;
  long timeMicros;
  long userId;
  final Utf8 sessionId = new Utf8(new byte[SESSION_BYTES]);
  EventType type;
  Text category;
  Text region;
  Device device;
  Text page;
  Text referrer;
  Long amountCents;
  Text currency;

  /** Of the schema that it is written in. */
  int version = 1;

  Text appVersion;

  /** What is to be wrong with its value; null for nothing. */
  DeadLetterReason damage;

  @Override
  public Schema getSchema() {
    return EventSchemas.version(version);
  }

  /** The version of the schema that it is written in, from 1 on. */
  public int version() {
    return version;
  }

  /** Whether its value is to be poison. */
  public boolean isPoison() {
    return damage != null;
  }

  @Override
  public Object get(int field) {
    return switch (field) {
      case 0 -> new EventUuid(idBytes());
      case 1 -> timeMicros;
      case 2 -> userId;
      case 3 -> sessionId;
      case 4 -> type;
      case 5 -> category.value();
      case 6 -> region.value();
      case 7 -> device;
      case 8 -> page.value();
      case 9 -> Text.valueOf(referrer);
      case 10 -> amountCents;
      case 11 -> Text.valueOf(currency);
      case 12 -> Text.valueOf(appVersion);
      default -> throw new IndexOutOfBoundsException("UserEvent has no field " + field);
    };
  }

  /** Events come from an {@link EventSource} only. */
  @Override
  public void put(int field, Object value) {
    throw new IllegalStateException("an event's fields are set by its source");
  }

  private byte[] idBytes() {
    return ByteBuffer.allocate(EventId.BYTES).putLong(idHigh).putLong(idLow).array();
  }
}
