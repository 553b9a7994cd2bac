// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.write;

import dev.billion.sink.decode.EventColumn;
import dev.billion.sink.table.TableLayout;
import java.util.Arrays;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.apache.parquet.schema.Types.PrimitiveBuilder;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;

/** A table's columns as its files have them: those that are not in the files' paths. */
final class ParquetSchema {

  private ParquetSchema() {}

  static MessageType of(TableLayout layout) {
    Type[] columns =
        Arrays.stream(layout.columns().fields())
            .filter(field -> !layout.partitionColumns().contains(field.name()))
            .map(ParquetSchema::column)
            .toArray(Type[]::new);
    return new MessageType("row", columns);
  }

  private static Type column(StructField field) {
    return type(field.name(), field.dataType(), Repetition.OPTIONAL);
  }

  private static Type type(String name, DataType type, Repetition repetition) {
    if (type instanceof StructType struct) {
      return new GroupType(
          repetition,
          name,
          Arrays.stream(struct.fields()).map(ParquetSchema::column).toArray(Type[]::new));
    }
    if (type instanceof ArrayType array) {
      Type element = type("element", array.elementType(), Repetition.OPTIONAL);
      return Types.buildGroup(repetition)
          .as(LogicalTypeAnnotation.listType())
          .addField(new GroupType(Repetition.REPEATED, "list", element))
          .named(name);
    }
    if (type instanceof MapType map) {
      Type key = type("key", map.keyType(), Repetition.REQUIRED);
      Type value = type("value", map.valueType(), Repetition.OPTIONAL);
      return Types.buildGroup(repetition)
          .as(LogicalTypeAnnotation.mapType())
          .addField(new GroupType(Repetition.REPEATED, "key_value", key, value))
          .named(name);
    }
    return primitive(type, repetition).named(name);
  }

  private static PrimitiveBuilder<PrimitiveType> primitive(DataType type, Repetition repetition) {
    if (type instanceof DecimalType decimal) {
      return decimal(decimal, repetition);
    }
    if (type instanceof StringType) {
      return Types.primitive(PrimitiveTypeName.BINARY, repetition)
          .as(LogicalTypeAnnotation.stringType());
    }
    if (type instanceof TimestampType) {
      return Types.primitive(PrimitiveTypeName.INT64, repetition)
          .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS));
    }
    if (type instanceof DateType) {
      return Types.primitive(PrimitiveTypeName.INT32, repetition)
          .as(LogicalTypeAnnotation.dateType());
    }
    return Types.primitive(physical(type), repetition);
  }

  private static PrimitiveTypeName physical(DataType type) {
    if (type instanceof LongType) {
      return PrimitiveTypeName.INT64;
    }
    if (type instanceof IntegerType) {
      return PrimitiveTypeName.INT32;
    }
    if (type instanceof BooleanType) {
      return PrimitiveTypeName.BOOLEAN;
    }
    if (type instanceof FloatType) {
      return PrimitiveTypeName.FLOAT;
    }
    return type instanceof DoubleType ? PrimitiveTypeName.DOUBLE : PrimitiveTypeName.BINARY;
  }

  /** In as few bytes as Spark itself writes them. */
  private static PrimitiveBuilder<PrimitiveType> decimal(
      DecimalType decimal, Repetition repetition) {
    int precision = decimal.precision();
    LogicalTypeAnnotation annotation =
        LogicalTypeAnnotation.decimalType(decimal.scale(), precision);
    if (precision <= EventColumn.INT_DIGITS) {
      return Types.primitive(PrimitiveTypeName.INT32, repetition).as(annotation);
    }
    if (precision <= EventColumn.LONG_DIGITS) {
      return Types.primitive(PrimitiveTypeName.INT64, repetition).as(annotation);
    }
    return Types.primitive(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, repetition)
        .length(EventColumn.decimalBytes(precision))
        .as(annotation);
  }
}
