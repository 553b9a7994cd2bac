// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.write;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The ways to write a value, nested ones in Parquet's standard layout.
 *
 * @see <a href="https://github.com/apache/parquet-format/blob/master/LogicalTypes.md">Parquet
 *     logical types, nested types</a>
 */
final class ValueWriters {

  private ValueWriters() {}

  static ValueWriter of(DataType type) {
    if (type instanceof StructType struct) {
      return struct(struct);
    }
    if (type instanceof ArrayType array) {
      return array(of(array.elementType()));
    }
    if (type instanceof MapType map) {
      return map(of(map.valueType()));
    }
    return ValueWriters::primitive;
  }

  private static void primitive(RecordConsumer out, Object value) {
    if (value instanceof Binary bytes) {
      out.addBinary(bytes);
    } else if (value instanceof Long number) {
      out.addLong(number);
    } else if (value instanceof Integer number) {
      out.addInteger(number);
    } else if (value instanceof Boolean truth) {
      out.addBoolean(truth);
    } else if (value instanceof Double number) {
      out.addDouble(number);
    } else {
      out.addFloat((Float) value);
    }
  }

  private static ValueWriter struct(StructType type) {
    String[] names = type.fieldNames();
    ValueWriter[] writers =
        Arrays.stream(type.fields())
            .map(StructField::dataType)
            .map(ValueWriters::of)
            .toArray(ValueWriter[]::new);
    return (out, value) -> {
      Object[] members = (Object[]) value;
      out.startGroup();
      for (int i = 0; i < members.length; i++) {
        field(out, names[i], i, members[i], writers[i]);
      }
      out.endGroup();
    };
  }

  private static ValueWriter array(ValueWriter element) {
    return (out, value) -> {
      List<?> values = (List<?>) value;
      out.startGroup();
      if (!values.isEmpty()) {
        out.startField("list", 0);
        for (Object each : values) {
          out.startGroup();
          field(out, "element", 0, each, element);
          out.endGroup();
        }
        out.endField("list", 0);
      }
      out.endGroup();
    };
  }

  private static ValueWriter map(ValueWriter mapped) {
    return (out, value) -> {
      Map<?, ?> values = (Map<?, ?>) value;
      out.startGroup();
      if (!values.isEmpty()) {
        out.startField("key_value", 0);
        for (Map.Entry<?, ?> entry : values.entrySet()) {
          out.startGroup();
          field(out, "key", 0, entry.getKey(), ValueWriters::primitive);
          field(out, "value", 1, entry.getValue(), mapped);
          out.endGroup();
        }
        out.endField("key_value", 0);
      }
      out.endGroup();
    };
  }

  private static void field(
      RecordConsumer out, String name, int index, Object value, ValueWriter writer) {
    if (value != null) {
      out.startField(name, index);
      writer.write(out, value);
      out.endField(name, index);
    }
  }
}
