// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.decode;

import java.io.IOException;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.ResolvingDecoder;
import org.apache.spark.sql.catalyst.InternalRow;

/** Reads what one writer schema wrote into rows of the table. For one thread. */
final class EventReader {

  private final BoundedDecoder bytes = new BoundedDecoder();
  private final List<EventColumn> columns = EventLayout.readers();
  private final ResolvingDecoder resolver;

  EventReader(Schema writer) throws IOException {
    resolver = DecoderFactory.get().resolvingDecoder(writer, EventLayout.READER, bytes);
  }

  /**
   * Reads one Avro body.
   *
   * @return the number of bytes left behind it
   * @throws NotDecodableException if it is not a body of the writer schema; the row is then
   *     unusable
   */
  int read(byte[] value, int offset, InternalRow row) throws IOException {
    bytes.reset(value, offset);
    resolver.configure(bytes);
    try {
      for (Schema.Field field : resolver.readFieldOrder()) {
        columns.get(field.pos()).read(resolver, row, field.pos());
      }
      resolver.drain();
    } catch (AvroRuntimeException | IndexOutOfBoundsException e) {
      // Avro's way to say that a union branch or an enum symbol is not in the writer schema
      throw new NotDecodableException(String.valueOf(e.getMessage()));
    }
    return bytes.remaining();
  }
}
