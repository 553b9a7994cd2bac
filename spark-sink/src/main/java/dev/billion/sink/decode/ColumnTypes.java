// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.decode;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;

/**
 * Avro's types as a table has them, which is in types that every Delta reader knows: a logical type
 * without a counterpart there is what it is made of.
 */
final class ColumnTypes {

  private final Deque<String> path = new ArrayDeque<>();

  private ColumnTypes() {}

  /**
   * The type of a column for a field.
   *
   * @throws IllegalArgumentException if the type contains itself, or two fields share a name
   */
  static DataType of(Schema schema) {
    return new ColumnTypes().type(schema);
  }

  /** What a field holds when it is not null: one type, or a union of several. */
  static Schema value(Schema schema) {
    if (schema.getType() != Schema.Type.UNION) {
      return schema;
    }
    List<Schema> members = members(schema);
    return members.isEmpty()
        ? schema.getTypes().get(0)
        : members.size() == 1 ? members.get(0) : schema;
  }

  /** The types of a union other than null. */
  static List<Schema> members(Schema union) {
    return union.getTypes().stream().filter(type -> type.getType() != Schema.Type.NULL).toList();
  }

  static boolean isNested(DataType type) {
    return type instanceof StructType || type instanceof ArrayType || type instanceof MapType;
  }

  /** The decimal that bytes stand for, null if they do not or no table has such a wide one. */
  static LogicalTypes.Decimal decimal(Schema schema) {
    return schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
            && decimal.getPrecision() <= DecimalType.MAX_PRECISION()
        ? decimal
        : null;
  }

  static void requireDistinct(Iterable<String> names, String where) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException(
            "two columns are called %s in %s (valid: names that differ by more than case)"
                .formatted(name, where));
      }
    }
  }

  private DataType type(Schema schema) {
    LogicalType logical = schema.getLogicalType();
    return switch (schema.getType()) {
      case NULL, BOOLEAN -> DataTypes.BooleanType;
      case INT -> logical instanceof LogicalTypes.Date ? DataTypes.DateType : DataTypes.IntegerType;
      case LONG ->
          logical instanceof LogicalTypes.TimestampMillis
                  || logical instanceof LogicalTypes.TimestampMicros
              ? DataTypes.TimestampType
              : DataTypes.LongType;
      case FLOAT -> DataTypes.FloatType;
      case DOUBLE -> DataTypes.DoubleType;
      case STRING, ENUM -> DataTypes.StringType;
      case BYTES, FIXED -> bytes(decimal(schema));
      case ARRAY -> DataTypes.createArrayType(type(schema.getElementType()));
      case MAP -> DataTypes.createMapType(DataTypes.StringType, type(schema.getValueType()));
      case RECORD -> record(schema);
      case UNION -> union(schema);
    };
  }

  private static DataType bytes(LogicalTypes.Decimal decimal) {
    return decimal == null
        ? DataTypes.BinaryType
        : DataTypes.createDecimalType(decimal.getPrecision(), decimal.getScale());
  }

  /** Parquet has no group without fields: of such a record a table tells that it is there. */
  private DataType record(Schema schema) {
    if (path.contains(schema.getFullName())) {
      throw new IllegalArgumentException(
          "record %s contains itself (valid: a schema of limited depth)"
              .formatted(schema.getFullName()));
    }
    path.push(schema.getFullName());
    StructType struct = new StructType();
    for (Schema.Field field : schema.getFields()) {
      struct = withField(struct, field.name(), type(field.schema()), field.doc());
    }
    path.pop();
    requireDistinct(List.of(struct.fieldNames()), schema.getFullName());
    return struct.isEmpty() ? DataTypes.BooleanType : struct;
  }

  static StructType withField(StructType struct, String name, DataType type, String comment) {
    return comment == null ? struct.add(name, type, true) : struct.add(name, type, true, comment);
  }

  private DataType union(Schema schema) {
    Schema value = value(schema);
    if (value.getType() != Schema.Type.UNION) {
      return type(value);
    }
    StructType struct = new StructType();
    for (Schema member : members(schema)) {
      struct = struct.add(member.getName(), type(member), true);
    }
    requireDistinct(List.of(struct.fieldNames()), "a union");
    return struct;
  }
}
