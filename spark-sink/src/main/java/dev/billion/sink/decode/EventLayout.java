// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.decode;

import dev.billion.schemas.UserEvent;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.spark.sql.types.StructType;

/** The event as the table has it: the fields of the reader schema, in its order, with its docs. */
public final class EventLayout {

  static final Schema READER = UserEvent.getClassSchema();

  /** One column for each field of {@code UserEvent}. */
  public static final List<EventColumn> COLUMNS =
      READER.getFields().stream().map(EventColumn::of).toList();

  private EventLayout() {}

  /** The same for Spark; all may be null, as decoding is what checks. */
  public static StructType columns() {
    StructType columns = new StructType();
    for (EventColumn column : COLUMNS) {
      columns = columns.add(column.name(), column.type(), true, column.comment());
    }
    return columns;
  }
}
