// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.decode;

import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * One field of the event as a column of the table.
 *
 * @param name its name in both
 * @param kind what its values are
 * @param symbols what the values of a {@link Kind#SYMBOL} stand for, else empty
 * @param comment what it means
 */
public record EventColumn(String name, Kind kind, List<String> symbols, String comment) {

  /** What an {@link EventView} has for a column. */
  public enum Kind {
    /** Bytes, as many in every event. */
    FIXED(DataTypes.BinaryType),
    NUMBER(DataTypes.LongType),
    /** Microseconds since 1970 in UTC, in the years 1 to 9999. */
    TIMESTAMP(DataTypes.TimestampType),
    /** Bytes that are UTF-8. */
    TEXT(DataTypes.StringType),
    /** A number that stands for a text. */
    SYMBOL(DataTypes.StringType);

    private final DataType type;

    Kind(DataType type) {
      this.type = type;
    }
  }

  public EventColumn {
    symbols = List.copyOf(symbols);
  }

  /** Spark's type of the column. */
  public DataType type() {
    return kind.type;
  }

  /**
   * The column for a field.
   *
   * @throws IllegalArgumentException if the table has no column type for the field's
   */
  static EventColumn of(Schema.Field field) {
    Schema schema = valueOf(field);
    Kind kind =
        switch (schema.getType()) {
          case FIXED -> Kind.FIXED;
          case STRING -> Kind.TEXT;
          case ENUM -> Kind.SYMBOL;
          case LONG ->
              schema.getLogicalType() instanceof LogicalTypes.TimestampMicros
                  ? Kind.TIMESTAMP
                  : Kind.NUMBER;
          default -> throw noColumn(field);
        };
    List<String> symbols = kind == Kind.SYMBOL ? schema.getEnumSymbols() : List.of();
    return new EventColumn(field.name(), kind, symbols, field.doc());
  }

  private static Schema valueOf(Schema.Field field) {
    Schema schema = field.schema();
    if (schema.getType() != Schema.Type.UNION) {
      return schema;
    }
    if (schema.getTypes().size() != 2 || schema.getTypes().get(0).getType() != Schema.Type.NULL) {
      throw noColumn(field);
    }
    return schema.getTypes().get(1);
  }

  private static IllegalArgumentException noColumn(Schema.Field field) {
    return new IllegalArgumentException(
        "no column type for field %s of type %s (valid: fixed, long, string, enum, or null or one of them)"
            .formatted(field.name(), field.schema()));
  }
}
