// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.decode;

import dev.billion.schemas.DeadLetterReason;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/** What is known of a schema id: either a schema to read with, or why there is none. */
sealed interface WriterSchema {

  /** A schema whose records can be read as the table's event. */
  record Readable(Schema schema) implements WriterSchema {}

  /** Why records of this id are dead letters. */
  record Unreadable(DeadLetterReason reason, String detail) implements WriterSchema {}

  /** Whether what {@code writer} wrote can be read as the table's event. */
  static WriterSchema of(int id, Schema writer) {
    var compatibility =
        SchemaCompatibility.checkReaderWriterCompatibility(EventLayout.READER, writer);
    if (compatibility.getType() != SchemaCompatibilityType.COMPATIBLE) {
      return incompatible(id, writer, compatibility.getResult().getIncompatibilities().toString());
    }
    for (Schema.Field field : EventLayout.READER.getFields()) {
      Schema.Field written = writer.getField(field.name());
      if (written != null && differ(field.schema(), written.schema())) {
        return incompatible(id, writer, "unit of " + field.name() + " is " + written.schema());
      }
    }
    return new Readable(writer);
  }

  /** Avro resolves a long of milliseconds to one of microseconds without a word. */
  private static boolean differ(Schema reader, Schema writer) {
    LogicalType read = reader.getLogicalType();
    LogicalType written = writer.getLogicalType();
    return read != null && written != null && !read.getName().equals(written.getName());
  }

  private static WriterSchema incompatible(int id, Schema writer, String why) {
    return new Unreadable(
        DeadLetterReason.INCOMPATIBLE_SCHEMA,
        "schema %d (%s) cannot be read as %s: %s"
            .formatted(id, writer.getFullName(), EventLayout.READER.getFullName(), why));
  }
}
