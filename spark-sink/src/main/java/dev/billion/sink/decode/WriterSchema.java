// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.decode;

import dev.billion.schemas.DeadLetterReason;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Resolver;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericData;

/** What is known of a schema id: either a schema to read with, or why there is none. */
sealed interface WriterSchema {

  /**
   * A schema whose records can be read as the table's event.
   *
   * @param wider what would have the table take all of its fields, null if it does
   */
  record Readable(Schema schema, WiderSchema wider) implements WriterSchema {}

  /** Why records of this id are dead letters. */
  record Unreadable(DeadLetterReason reason, String detail) implements WriterSchema {}

  /** Whether what {@code writer} wrote can be read as the table's event. */
  static WriterSchema of(int id, Schema writer, EventLayout layout) {
    Schema reader = layout.schema();
    if (writer.getType() != Schema.Type.RECORD) {
      return incompatible(id, writer, reader, "it is no record");
    }
    Schema aliased = Schema.applyAliases(writer, reader);
    var compatibility = SchemaCompatibility.checkReaderWriterCompatibility(reader, aliased);
    if (compatibility.getType() != SchemaCompatibilityType.COMPATIBLE) {
      return incompatible(
          id, writer, reader, compatibility.getResult().getIncompatibilities().toString());
    }
    Optional<String> mismatch = mismatch(Resolver.resolve(aliased, reader, new GenericData()));
    if (mismatch.isPresent()) {
      return incompatible(id, writer, reader, mismatch.get());
    }
    return new Readable(aliased, WiderSchema.of(id, layout, aliased).orElse(null));
  }

  /** Avro resolves a long of milliseconds to one of microseconds without a word. */
  private static Optional<String> mismatch(Resolver.Action action) {
    Stream<Resolver.Action> parts =
        switch (action.type) {
          case RECORD -> Arrays.stream(((Resolver.RecordAdjust) action).fieldActions);
          case CONTAINER -> Stream.of(((Resolver.Container) action).elementAction);
          case WRITER_UNION -> Arrays.stream(((Resolver.WriterUnion) action).actions);
          case READER_UNION -> Stream.of(((Resolver.ReaderUnion) action).actualAction);
          default -> Stream.empty();
        };
    if (action.type != Resolver.Action.Type.SKIP && differ(action.reader, action.writer)) {
      return Optional.of("unit of %s is %s".formatted(action.reader, action.writer));
    }
    return parts.map(WriterSchema::mismatch).flatMap(Optional::stream).findFirst();
  }

  private static boolean differ(Schema reader, Schema writer) {
    LogicalType read = reader.getLogicalType();
    LogicalType written = writer.getLogicalType();
    if (read == null || written == null) {
      return false;
    }
    return read instanceof LogicalTypes.Decimal one && written instanceof LogicalTypes.Decimal other
        ? one.getScale() != other.getScale()
        : !read.getName().equals(written.getName());
  }

  private static WriterSchema incompatible(int id, Schema writer, Schema reader, String why) {
    return new Unreadable(
        DeadLetterReason.INCOMPATIBLE_SCHEMA,
        "schema %d (%s) cannot be read as %s: %s"
            .formatted(id, writer.getFullName(), reader.getFullName(), why));
  }
}
