// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.table;

import io.delta.kernel.expressions.Literal;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FieldMetadata;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataTypes;

/** Columns as Delta Kernel has them. */
final class KernelTypes {

  private static final Map<org.apache.spark.sql.types.DataType, DataType> TYPES =
      Map.of(
          DataTypes.BinaryType, BinaryType.BINARY,
          DataTypes.BooleanType, BooleanType.BOOLEAN,
          DataTypes.DateType, DateType.DATE,
          DataTypes.DoubleType, DoubleType.DOUBLE,
          DataTypes.FloatType, FloatType.FLOAT,
          DataTypes.IntegerType, IntegerType.INTEGER,
          DataTypes.LongType, LongType.LONG,
          DataTypes.StringType, StringType.STRING,
          DataTypes.TimestampType, TimestampType.TIMESTAMP);

  private KernelTypes() {}

  static StructType of(org.apache.spark.sql.types.StructType columns) {
    StructType schema = new StructType();
    for (var field : columns.fields()) {
      schema =
          schema.add(
              new StructField(
                  field.name(), of(field.dataType()), field.nullable(), comment(field)));
    }
    return schema;
  }

  private static DataType of(org.apache.spark.sql.types.DataType type) {
    if (type instanceof org.apache.spark.sql.types.StructType struct) {
      return of(struct);
    }
    if (type instanceof org.apache.spark.sql.types.ArrayType array) {
      return new ArrayType(of(array.elementType()), true);
    }
    if (type instanceof org.apache.spark.sql.types.MapType map) {
      return new MapType(of(map.keyType()), of(map.valueType()), true);
    }
    return type instanceof org.apache.spark.sql.types.DecimalType decimal
        ? new DecimalType(decimal.precision(), decimal.scale())
        : TYPES.get(type);
  }

  /** A number of a column, or its time in microseconds since 1970. */
  static Literal literal(StructType schema, String column, long value) {
    DataType type = schema.get(column).getDataType();
    if (type.equals(TimestampType.TIMESTAMP)) {
      return Literal.ofTimestamp(value);
    }
    return type.equals(IntegerType.INTEGER)
        ? Literal.ofInt(Math.toIntExact(value))
        : Literal.ofLong(value);
  }

  /** Names and types in one line, in an order that does not depend on which came first. */
  static String describe(StructType schema) {
    return schema.fields().stream()
        .map(field -> field.getName() + " " + describe(field.getDataType()))
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String describe(DataType type) {
    if (type instanceof StructType struct) {
      return "struct<%s>".formatted(describe(struct));
    }
    if (type instanceof ArrayType array) {
      return "array<%s>".formatted(describe(array.getElementType()));
    }
    return type instanceof MapType map
        ? "map<%s, %s>".formatted(map.getKeyType(), describe(map.getValueType()))
        : type.toString();
  }

  private static FieldMetadata comment(org.apache.spark.sql.types.StructField field) {
    return field.getComment().isEmpty()
        ? FieldMetadata.empty()
        : FieldMetadata.builder().putString("comment", field.getComment().get()).build();
  }
}
