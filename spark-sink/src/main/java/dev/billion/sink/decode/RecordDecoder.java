// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.decode;

import dev.billion.schemas.DeadLetterReason;
import dev.billion.schemas.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.SpecificInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Turns any value of a Kafka record into a row of {@link #RESULT}: with an event and no reason, or
 * with a reason and no event. No value makes it fail; only a registry that does not answer does.
 * For one thread, and each row is overwritten by the next.
 */
final class RecordDecoder {

  static final StructType RESULT =
      new StructType()
          .add("reason", DataTypes.StringType)
          .add("detail", DataTypes.StringType)
          .add("schema_id", DataTypes.IntegerType)
          .add("event", EventLayout.columns());

  private static final int REASON = 0;
  private static final int DETAIL = 1;
  private static final int SCHEMA_ID = 2;
  private static final int EVENT = 3;

  private final WriterSchemas schemas;
  private final Map<Integer, EventReader> readers = new HashMap<>();
  private final InternalRow event = new SpecificInternalRow(EventLayout.columns());
  private final InternalRow result = new SpecificInternalRow(RESULT);

  RecordDecoder(WriterSchemas schemas) {
    this.schemas = schemas;
  }

  /**
   * @param value a record's value, null included
   * @param batch the batch it is read for
   * @throws dev.billion.schemas.registry.RegistryException if the writer schema is needed and the
   *     registry does not answer
   */
  InternalRow decode(byte[] value, long batch) {
    DeadLetterReason defect = WireFormat.defect(value);
    if (defect != null) {
      result.setNullAt(SCHEMA_ID);
      return deadLetter(defect, describe(defect, value));
    }
    int id = WireFormat.schemaId(value);
    result.setInt(SCHEMA_ID, id);
    EventReader reader = readers.get(id);
    if (reader == null) {
      WriterSchema schema = schemas.get(id, batch);
      if (schema instanceof WriterSchema.Unreadable unreadable) {
        return deadLetter(unreadable.reason(), unreadable.detail());
      }
      reader = newReader((WriterSchema.Readable) schema);
      readers.put(id, reader);
    }
    return read(reader, value);
  }

  private InternalRow read(EventReader reader, byte[] value) {
    try {
      int left = reader.read(value, WireFormat.HEADER_BYTES, event);
      if (left > 0) {
        return deadLetter(DeadLetterReason.TRAILING_BYTES, left + " bytes after the event");
      }
    } catch (IOException e) {
      return deadLetter(DeadLetterReason.NOT_DECODABLE, e.getMessage());
    }
    result.setNullAt(REASON);
    result.setNullAt(DETAIL);
    result.update(EVENT, event);
    return result;
  }

  private InternalRow deadLetter(DeadLetterReason reason, String detail) {
    result.update(REASON, UTF8String.fromString(reason.name()));
    result.update(DETAIL, UTF8String.fromString(detail));
    result.setNullAt(EVENT);
    return result;
  }

  private static EventReader newReader(WriterSchema.Readable writer) {
    try {
      return new EventReader(writer.schema());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read as " + writer.schema().getFullName(), e);
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
