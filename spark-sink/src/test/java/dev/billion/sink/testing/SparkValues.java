// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.testing;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.spark.sql.Row;
import scala.jdk.javaapi.CollectionConverters;

/** Values of Avro and of Spark in one form, to compare them. */
public final class SparkValues {

  private SparkValues() {}

  /** What Spark reads: rows as lists, bytes in hexadecimal digits. */
  public static Object read(Object value) {
    if (value instanceof Row row) {
      List<Object> members = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        members.add(read(row.get(i)));
      }
      return members;
    }
    if (value instanceof scala.collection.Seq<?> values) {
      List<Object> items = new ArrayList<>();
      CollectionConverters.asJava(values).forEach(item -> items.add(read(item)));
      return items;
    }
    if (value instanceof scala.collection.Map<?, ?> values) {
      Map<Object, Object> entries = new HashMap<>();
      CollectionConverters.asJava(values).forEach((key, item) -> entries.put(key, read(item)));
      return entries;
    }
    return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value;
  }

  /** What Spark should read of a value of Avro. */
  public static Object expected(Schema schema, Object avro) {
    if (avro == null) {
      return null;
    }
    return switch (schema.getType()) {
      case STRING, ENUM -> avro.toString();
      case INT ->
          schema.getLogicalType() instanceof LogicalTypes.Date
              ? LocalDate.ofEpochDay((Integer) avro)
              : avro;
      case LONG -> instant(schema, (Long) avro);
      case BYTES, FIXED -> bytes(schema, avro);
      case ARRAY -> {
        List<Object> items = new ArrayList<>();
        ((List<?>) avro).forEach(item -> items.add(expected(schema.getElementType(), item)));
        yield items;
      }
      case MAP -> {
        Map<Object, Object> entries = new HashMap<>();
        ((Map<?, ?>) avro)
            .forEach((key, v) -> entries.put(key.toString(), expected(schema.getValueType(), v)));
        yield entries;
      }
      case RECORD -> members(schema, (GenericRecord) avro);
      case UNION -> branch(schema, avro);
      default -> avro;
    };
  }

  private static Object instant(Schema schema, long number) {
    if (schema.getLogicalType() instanceof LogicalTypes.TimestampMillis) {
      return Instant.ofEpochMilli(number);
    }
    return schema.getLogicalType() instanceof LogicalTypes.TimestampMicros
        ? Instant.EPOCH.plus(number, ChronoUnit.MICROS)
        : (Object) number;
  }

  private static Object bytes(Schema schema, Object avro) {
    byte[] bytes = SameValue.bytes(avro);
    return schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
        ? new BigDecimal(new BigInteger(bytes), decimal.getScale())
        : HexFormat.of().formatHex(bytes);
  }

  private static Object members(Schema schema, GenericRecord record) {
    List<Object> members = new ArrayList<>();
    schema.getFields().forEach(f -> members.add(expected(f.schema(), record.get(f.pos()))));
    return members.isEmpty() ? true : members;
  }

  private static Object branch(Schema union, Object avro) {
    Schema written = union.getTypes().get(GenericData.get().resolveUnion(union, avro));
    List<Schema> types =
        union.getTypes().stream().filter(type -> type.getType() != Schema.Type.NULL).toList();
    if (types.size() == 1) {
      return expected(written, avro);
    }
    List<Object> members = new ArrayList<>(Collections.nCopies(types.size(), null));
    members.set(types.indexOf(written), expected(written, avro));
    return members;
  }
}
