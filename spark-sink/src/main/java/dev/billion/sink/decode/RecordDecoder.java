// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.decode;

import dev.billion.schemas.DeadLetterReason;
import dev.billion.schemas.WireFormat;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Turns any value of a Kafka record into an event, or says why it is none. No value makes it fail;
 * only a registry that does not answer does. For one thread.
 */
public final class RecordDecoder {

  private final WriterSchemas schemas;
  private final Map<Integer, EventReader> readers = new HashMap<>();
  private final EventView event;
  private final boolean wholeEvents;
  private int lastId = -1;
  private EventReader lastReader;

  /**
   * @param wholeEvents whether to refuse events of which the table has not all fields, instead of
   *     leaving these out
   */
  public RecordDecoder(WriterSchemas schemas, boolean wholeEvents) {
    this.schemas = schemas;
    this.wholeEvents = wholeEvents;
    this.event = new EventView(schemas.layout().columns().size());
  }

  /** The event of the last value that was one; overwritten by the next. */
  public EventView event() {
    return event;
  }

  /**
   * Decodes a value into {@link #event}.
   *
   * @param value a record's value, null included
   * @param batch the batch it is read for
   * @return null if it is an event, else why not
   * @throws WiderSchemaException if it is an event with fields that the table lacks, and these may
   *     not be left out
   * @throws dev.billion.schemas.registry.RegistryException if the writer schema is needed and the
   *     registry does not answer
   */
  public Defect decode(byte[] value, long batch) {
    DeadLetterReason defect = WireFormat.defect(value);
    if (defect != null) {
      return new Defect(defect, describe(defect, value), null);
    }
    int id = WireFormat.schemaId(value);
    if (lastReader == null || id != lastId) {
      EventReader reader = readers.get(id);
      if (reader == null) {
        WriterSchema schema = schemas.get(id, batch);
        if (schema instanceof WriterSchema.Unreadable unreadable) {
          return new Defect(unreadable.reason(), unreadable.detail(), id);
        }
        reader = new EventReader((WriterSchema.Readable) schema, schemas.layout());
        readers.put(id, reader);
      }
      lastReader = reader;
      lastId = id;
    }
    return read(value, id);
  }

  private Defect read(byte[] value, int id) {
    try {
      int left = lastReader.read(value, WireFormat.HEADER_BYTES, event);
      if (left > 0) {
        return new Defect(DeadLetterReason.TRAILING_BYTES, left + " bytes after the event", id);
      }
      if (wholeEvents && lastReader.wider() != null) {
        throw new WiderSchemaException(lastReader.wider());
      }
      return null;
    } catch (IOException e) {
      return new Defect(DeadLetterReason.NOT_DECODABLE, e.getMessage(), id);
    }
  }

  private static String describe(DeadLetterReason defect, byte[] value) {
    return switch (defect) {
      case NULL_VALUE -> "no value";
      case BAD_MAGIC -> "first byte is %d, not %d".formatted(value[0], WireFormat.MAGIC);
      case TOO_SHORT ->
          "%d bytes, the header alone has %d".formatted(value.length, WireFormat.HEADER_BYTES);
      default -> throw new IllegalArgumentException("not a defect of the header: " + defect);
    };
  }
}
