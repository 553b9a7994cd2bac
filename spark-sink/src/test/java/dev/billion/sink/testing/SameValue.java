// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.testing;

import dev.billion.sink.decode.EventColumn;
import dev.billion.sink.decode.EventLayout;
import dev.billion.sink.decode.EventView;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.io.api.Binary;

/** Compares an event with what Avro itself reads. */
public final class SameValue {

  private SameValue() {}

  /** The first column that is not what Avro read, null if all are. */
  public static String difference(EventLayout layout, EventView event, GenericRecord avro) {
    for (int i = 0; i < layout.columns().size(); i++) {
      Schema schema = layout.schema().getFields().get(i).schema();
      EventColumn column = layout.columns().get(i);
      Object ours = event.isNull(i) ? null : boxed(column, event, i);
      if (!same(schema, ours, avro.get(i))) {
        return "%s: %s, Avro: %s".formatted(column.name(), ours, avro.get(i));
      }
    }
    return null;
  }

  private static Object boxed(EventColumn column, EventView event, int i) {
    long number = event.number(i);
    return switch (column.kind()) {
      case BOOLEAN -> number != 0;
      case INT -> (int) number;
      case LONG -> number;
      case FLOAT -> Float.intBitsToFloat((int) number);
      case DOUBLE -> Double.longBitsToDouble(number);
      case SYMBOL -> Binary.fromString(column.symbols().get((int) number));
      case BYTES -> Binary.fromReusedByteArray(event.source(i), event.start(i), event.length(i));
      case NESTED -> event.object(i);
    };
  }

  private static boolean same(Schema schema, Object ours, Object avro) {
    if (ours == null || avro == null) {
      return ours == avro;
    }
    return switch (schema.getType()) {
      case NULL -> false;
      case BOOLEAN, INT, FLOAT, DOUBLE -> ours.equals(avro);
      case LONG ->
          schema.getLogicalType() instanceof LogicalTypes.TimestampMillis
              ? ours.equals((Long) avro * 1_000)
              : ours.equals(avro);
      case STRING, ENUM -> ((Binary) ours).toStringUsingUTF8().equals(avro.toString());
      case BYTES, FIXED ->
          schema.getLogicalType() instanceof LogicalTypes.Decimal
              ? whole(ours).equals(new BigInteger(bytes(avro)))
              : Arrays.equals(((Binary) ours).getBytes(), bytes(avro));
      case ARRAY -> sameItems(schema.getElementType(), (List<?>) ours, (List<?>) avro);
      case MAP -> sameEntries(schema.getValueType(), (Map<?, ?>) ours, (Map<?, ?>) avro);
      case RECORD -> sameMembers(schema, ours, (GenericRecord) avro);
      case UNION -> sameBranch(schema, ours, avro);
    };
  }

  private static boolean sameItems(Schema element, List<?> ours, List<?> avro) {
    boolean same = ours.size() == avro.size();
    for (int i = 0; same && i < ours.size(); i++) {
      same = same(element, ours.get(i), avro.get(i));
    }
    return same;
  }

  private static boolean sameEntries(Schema value, Map<?, ?> ours, Map<?, ?> avro) {
    return ours.size() == avro.size()
        && avro.entrySet().stream()
            .allMatch(
                entry -> {
                  Binary key = Binary.fromString(entry.getKey().toString());
                  return ours.containsKey(key) && same(value, ours.get(key), entry.getValue());
                });
  }

  private static boolean sameMembers(Schema record, Object ours, GenericRecord avro) {
    List<Schema.Field> fields = record.getFields();
    return fields.isEmpty()
        ? ours.equals(true)
        : fields.stream()
            .allMatch(f -> same(f.schema(), ((Object[]) ours)[f.pos()], avro.get(f.pos())));
  }

  private static boolean sameBranch(Schema union, Object ours, Object avro) {
    Schema written = union.getTypes().get(GenericData.get().resolveUnion(union, avro));
    List<Schema> members =
        union.getTypes().stream().filter(type -> type.getType() != Schema.Type.NULL).toList();
    if (members.size() == 1) {
      return same(written, ours, avro);
    }
    Object[] values = (Object[]) ours;
    boolean same = values.length == members.size();
    for (int i = 0; same && i < values.length; i++) {
      same = members.get(i).equals(written) ? same(written, values[i], avro) : values[i] == null;
    }
    return same;
  }

  private static BigInteger whole(Object decimal) {
    return decimal instanceof Binary bytes
        ? new BigInteger(bytes.getBytes())
        : BigInteger.valueOf(((Number) decimal).longValue());
  }

  static byte[] bytes(Object avro) {
    if (avro instanceof GenericFixed fixed) {
      return fixed.bytes();
    }
    ByteBuffer buffer = ((ByteBuffer) avro).duplicate();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
