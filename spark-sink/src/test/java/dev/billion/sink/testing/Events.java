// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.testing;

import dev.billion.schemas.Device;
import dev.billion.schemas.EventId;
import dev.billion.schemas.EventType;
import dev.billion.schemas.UserEvent;
import dev.billion.schemas.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;

/** Events, and their bytes as Avro's own writers make them. */
public final class Events {

  public static final Instant START = Instant.parse("2025-03-01T23:59:00Z");

  private Events() {}

  /** Always the same event for the same identity; every tenth is a purchase. */
  public static UserEvent event(long run, int shard, long sequence) {
    boolean purchase = sequence % 10 == 9;
    return new UserEvent(
        new EventId(run, shard, sequence).toUuid(),
        START.plusMillis(sequence),
        sequence % 1_000,
        "session-" + sequence % 100,
        purchase ? EventType.PURCHASE : EventType.VIEW,
        "caf\u00e9",
        "eu-west",
        Device.MOBILE,
        "/product/" + sequence % 50,
        sequence % 2 == 0 ? null : "https://example.org/",
        purchase ? 1_999L : null,
        purchase ? "EUR" : null);
  }

  /** The value of a Kafka record with this event. */
  public static byte[] value(int schemaId, UserEvent event) {
    return value(schemaId, new SpecificDatumWriter<>(UserEvent.class), event);
  }

  /** The value of a Kafka record with a record of any schema. */
  public static byte[] value(int schemaId, GenericRecord record) {
    return value(schemaId, new GenericDatumWriter<>(record.getSchema()), record);
  }

  private static <T> byte[] value(int schemaId, DatumWriter<T> writer, T record) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] header = new byte[WireFormat.HEADER_BYTES];
    WireFormat.writeHeader(header, schemaId);
    bytes.writeBytes(header);
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    try {
      writer.write(record, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
