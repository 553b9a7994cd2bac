// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.decode;

import dev.billion.schemas.UserEvent;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The event as its table has it: one column for each field of the schema that records are read as,
 * in its order, with its docs.
 */
public final class EventLayout {

  public static final EventLayout USER_EVENT = new EventLayout(UserEvent.getClassSchema());

  private static final String EVENT_TIME = "event_time";

  private final Schema schema;
  private final List<EventColumn> columns;

  /**
   * @throws IllegalArgumentException if a table cannot have such rows
   */
  public EventLayout(Schema schema) {
    if (schema.getType() != Schema.Type.RECORD) {
      throw new IllegalArgumentException(
          "schema %s is no record (valid: a record)".formatted(schema));
    }
    ColumnTypes.of(schema);
    this.schema = schema;
    this.columns =
        schema.getFields().stream()
            .map(field -> EventColumn.of(field.name(), field.schema(), field.doc()))
            .toList();
  }

  /**
   * The layout for a schema's JSON.
   *
   * @throws IllegalArgumentException if it is no schema, or a table cannot have such rows
   */
  public static EventLayout parse(String json) {
    try {
      return new EventLayout(new Schema.Parser().parse(json));
    } catch (AvroRuntimeException e) {
      throw new IllegalArgumentException("no Avro schema: " + e.getMessage(), e);
    }
  }

  /** What records are read as. */
  public Schema schema() {
    return schema;
  }

  public List<EventColumn> columns() {
    return columns;
  }

  /** The columns that the table has beside these, of the record that an event came in. */
  public List<String> recordColumns() {
    return List.of("kafka_partition", "kafka_offset", "ingest_time", dayColumn());
  }

  /** The one of them by which the table is cut into days. */
  public String dayColumn() {
    return eventTime().isPresent() ? "event_date" : "kafka_date";
  }

  /** The same for Spark; all may be null, as decoding is what checks. */
  public StructType struct() {
    StructType struct = new StructType();
    for (EventColumn column : columns) {
      struct = ColumnTypes.withField(struct, column.name(), column.type(), column.comment());
    }
    return struct;
  }

  /**
   * @throws IllegalArgumentException if the table's columns are not only these
   */
  public void requireDistinct(StructType columns) {
    ColumnTypes.requireDistinct(List.of(columns.fieldNames()), schema.getFullName());
  }

  /** The column that says when an event happened, if every event has one. */
  public OptionalInt eventTime() {
    return IntStream.range(0, columns.size())
        .filter(i -> columns.get(i).name().equals(EVENT_TIME))
        .filter(i -> columns.get(i).type().equals(DataTypes.TimestampType))
        .filter(i -> !schema.getFields().get(i).schema().isNullable())
        .findFirst();
  }
}
