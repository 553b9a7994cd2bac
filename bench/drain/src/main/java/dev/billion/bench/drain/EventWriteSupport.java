// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.drain;

import dev.billion.schemas.Device;
import dev.billion.schemas.EventType;
import dev.billion.schemas.EventUuid;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.util.Utf8;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;

/** Writes events as Parquet's own API takes them. */
final class EventWriteSupport extends WriteSupport<Arrival> {

  private static final int EVENT_FIELDS = 12;

  private static final Map<Object, Binary> SYMBOLS = symbols();

  private final MessageType schema = EventColumns.schema();
  private RecordConsumer out;

  @Override
  public WriteContext init(Configuration configuration) {
    return new WriteContext(schema, Map.of());
  }

  @Override
  public void prepareForWrite(RecordConsumer recordConsumer) {
    out = recordConsumer;
  }

  @Override
  public void write(Arrival arrival) {
    out.startMessage();
    for (int field = 0; field < EVENT_FIELDS; field++) {
      Object value = arrival.event().get(field);
      if (value != null) {
        begin(field);
        add(value);
        end(field);
      }
    }
    begin(EVENT_FIELDS);
    out.addInteger(arrival.partition());
    end(EVENT_FIELDS);
    add(EVENT_FIELDS + 1, arrival.offset());
    add(EVENT_FIELDS + 2, arrival.ingestMicros());
    out.endMessage();
  }

  private void begin(int field) {
    out.startField(schema.getFieldName(field), field);
  }

  private void end(int field) {
    out.endField(schema.getFieldName(field), field);
  }

  private void add(int field, long value) {
    begin(field);
    out.addLong(value);
    end(field);
  }

  private void add(Object value) {
    if (value instanceof Long number) {
      out.addLong(number);
    } else if (value instanceof Utf8 text) {
      // a session's bytes are written over by the next event
      out.addBinary(Binary.fromReusedByteArray(text.getBytes(), 0, text.getByteLength()));
    } else if (value instanceof EventUuid id) {
      out.addBinary(Binary.fromConstantByteArray(id.bytes()));
    } else {
      out.addBinary(SYMBOLS.get(value));
    }
  }

  private static Map<Object, Binary> symbols() {
    Map<Object, Binary> symbols = new HashMap<>();
    for (EventType type : EventType.values()) {
      symbols.put(type, Binary.fromString(type.name()));
    }
    for (Device device : Device.values()) {
      symbols.put(device, Binary.fromString(device.name()));
    }
    return symbols;
  }
}
