// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.decode;

import dev.billion.schemas.UserEvent;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The event as the table has it: the fields of the reader schema, in its order, with its docs. */
public final class EventLayout {

  static final Schema READER = UserEvent.getClassSchema();

  private EventLayout() {}

  /**
   * One column for each field of {@code UserEvent}; all may be null, as decoding is what checks.
   */
  public static StructType columns() {
    return new StructType(
        READER.getFields().stream()
            .map(
                field ->
                    new StructField(
                        field.name(), EventColumn.of(field).type(), true, comment(field)))
            .toArray(StructField[]::new));
  }

  /** Readers for one thread, in the order of {@link #columns}. */
  static List<EventColumn> readers() {
    return READER.getFields().stream().map(EventColumn::of).toList();
  }

  private static Metadata comment(Schema.Field field) {
    return new MetadataBuilder().putString("comment", field.doc()).build();
  }
}
