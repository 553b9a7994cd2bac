// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.decode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Resolver;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** What a field is where its writer does not know it, as bytes that read like any other. */
final class DefaultValue {

  private final Schema schema;
  private final byte[] bytes;

  /**
   * @param value the default as Avro's resolution gives it
   */
  DefaultValue(Schema schema, Object value) {
    this.schema = schema;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    try {
      new GenericDatumWriter<>(schema, new GenericData()).write(value, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    bytes = out.toByteArray();
  }

  /** How to read it. */
  Resolver.Action action() {
    return Resolver.resolve(schema, schema, new GenericData());
  }

  byte[] bytes() {
    return bytes;
  }

  /**
   * The value, made once.
   *
   * @throws IllegalArgumentException if no table can hold it
   */
  Object readWith(ValueReader reader) {
    BoundedDecoder in = new BoundedDecoder();
    in.reset(bytes, 0);
    try {
      return reader.read(in);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "default of type %s is not valid: %s".formatted(schema, e.getMessage()), e);
    }
  }
}
