// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.deadletter;

import dev.billion.producer.registry.RegisteringSerializer;
import dev.billion.schemas.DeadLetter;
import dev.billion.schemas.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;

/** Dead letters in the Confluent wire format, by Avro's own encoder: there are few. */
public final class DeadLetterSerializer extends RegisteringSerializer<DeadLetter> {

  public DeadLetterSerializer() {
    super(version -> DeadLetter.getClassSchema());
  }

  @Override
  protected byte[] encode(int schemaId, DeadLetter letter) {
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    byte[] header = new byte[WireFormat.HEADER_BYTES];
    WireFormat.writeHeader(header, schemaId);
    value.writeBytes(header);
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(value, null);
    try {
      new SpecificDatumWriter<>(DeadLetter.class).write(letter, encoder);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a byte array does not fail
    }
    return value.toByteArray();
  }
}
