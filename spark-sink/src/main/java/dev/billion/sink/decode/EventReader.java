// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.decode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Resolver;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** Reads what one writer schema wrote, field by field in the writer's order. For one thread. */
final class EventReader {

  private final BoundedDecoder bytes = new BoundedDecoder();
  private final ValueReaders values = new ValueReaders();
  private final EventLayout layout;
  private final WiderSchema wider;
  private final FieldReader[] fields;

  EventReader(WriterSchema.Readable writer, EventLayout layout) {
    this.layout = layout;
    this.wider = writer.wider();
    var record =
        (Resolver.RecordAdjust)
            Resolver.resolve(writer.schema(), layout.schema(), new GenericData());
    List<FieldReader> readers = new ArrayList<>();
    int read = 0;
    for (Resolver.Action action : record.fieldActions) {
      readers.add(
          action instanceof Resolver.Skip
              ? FieldReaders.skip(action.writer)
              : reader(record.readerOrder[read++].pos(), action));
    }
    for (int i = record.firstDefault; i < record.readerOrder.length; i++) {
      readers.add(absent(record.readerOrder[i], record.defaults[i - record.firstDefault]));
    }
    fields = readers.toArray(FieldReader[]::new);
  }

  /** What would have the table take all that this reads, null if it does. */
  WiderSchema wider() {
    return wider;
  }

  private FieldReader reader(int column, Resolver.Action action) {
    EventColumn target = layout.columns().get(column);
    if (target.kind() != EventColumn.Kind.NESTED) {
      return FieldReaders.of(column, target.name(), action);
    }
    ValueReader value = values.of(target.name(), action);
    return (in, event) -> event.setObject(column, value.read(in));
  }

  private FieldReader absent(Schema.Field field, Object value) {
    int column = field.pos();
    if (value == null) {
      return (in, event) -> event.setNull(column);
    }
    DefaultValue constant = new DefaultValue(field.schema(), value);
    FieldReader reader = reader(column, constant.action());
    return FieldReaders.absent(reader, constant.bytes());
  }

  /**
   * Reads one Avro body.
   *
   * @return the number of bytes left behind it
   * @throws NotDecodableException if it is not a body of the writer schema; the event is then
   *     unusable
   */
  int read(byte[] value, int offset, EventView event) throws IOException {
    bytes.reset(value, offset);
    try {
      for (FieldReader field : fields) {
        field.read(bytes, event);
      }
    } catch (AvroRuntimeException | IndexOutOfBoundsException e) {
      // how Avro says, while skipping, that a union has no such branch
      throw new NotDecodableException(String.valueOf(e.getMessage()));
    } catch (StackOverflowError e) {
      throw new NotDecodableException("too deeply nested");
    }
    return bytes.remaining();
  }
}
