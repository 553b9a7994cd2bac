// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.write;

import dev.billion.sink.table.TableLayout;
import java.util.Arrays;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

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
    var type = field.dataType();
    if (type.equals(DataTypes.StringType)) {
      return Types.optional(PrimitiveTypeName.BINARY)
          .as(LogicalTypeAnnotation.stringType())
          .named(field.name());
    }
    if (type.equals(DataTypes.TimestampType)) {
      return Types.optional(PrimitiveTypeName.INT64)
          .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS))
          .named(field.name());
    }
    PrimitiveTypeName primitive =
        type.equals(DataTypes.BinaryType)
            ? PrimitiveTypeName.BINARY
            : type.equals(DataTypes.LongType) ? PrimitiveTypeName.INT64 : PrimitiveTypeName.INT32;
    return Types.optional(primitive).named(field.name());
  }
}
