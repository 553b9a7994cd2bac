// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Values of any Avro schema, all of which a table can hold. */
public final class RandomValues {

  private static final long YEAR_9999 = 253_402_300_799L;

  private final Random random;

  public RandomValues(Random random) {
    this.random = random;
  }

  public GenericRecord record(Schema schema) {
    GenericRecord record = new GenericData.Record(schema);
    schema.getFields().forEach(field -> record.put(field.pos(), of(field.schema())));
    return record;
  }

  private Object of(Schema schema) {
    return switch (schema.getType()) {
      case NULL -> null;
      case BOOLEAN -> random.nextBoolean();
      case INT ->
          schema.getLogicalType() == null ? number32() : random.nextInt(-700_000, 2_900_000);
      case LONG -> number64(schema);
      case FLOAT -> random.nextBoolean() ? Float.NaN : random.nextFloat();
      case DOUBLE -> random.nextBoolean() ? -0.0 : random.nextGaussian();
      case STRING -> text();
      case BYTES -> ByteBuffer.wrap(bytes(schema));
      case FIXED -> fixed(schema);
      case ENUM ->
          new GenericData.EnumSymbol(
              schema, schema.getEnumSymbols().get(random.nextInt(schema.getEnumSymbols().size())));
      case ARRAY -> array(schema);
      case MAP -> map(schema);
      case RECORD -> record(schema);
      case UNION -> of(schema.getTypes().get(random.nextInt(schema.getTypes().size())));
    };
  }

  private int number32() {
    return random.nextInt() >> random.nextInt(32);
  }

  private long number64(Schema schema) {
    if (schema.getLogicalType() instanceof LogicalTypes.TimestampMillis) {
      return random.nextLong(-YEAR_9999 / 5, YEAR_9999) * 1_000 + random.nextInt(1_000);
    }
    return schema.getLogicalType() instanceof LogicalTypes.TimestampMicros
        ? random.nextLong(-YEAR_9999 / 5, YEAR_9999) * 1_000_000 + random.nextInt(1_000_000)
        : random.nextLong() >> random.nextInt(64);
  }

  private String text() {
    String[] words = {"", "a", "caf\u00e9", "\u65e5\u672c\u8a9e", "\ud83d\ude00", "plain words"};
    return words[random.nextInt(words.length)] + random.nextInt(100);
  }

  private byte[] bytes(Schema schema) {
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      return decimal(decimal).toByteArray();
    }
    return text().getBytes(UTF_8);
  }

  private BigInteger decimal(LogicalTypes.Decimal decimal) {
    BigInteger limit = BigInteger.TEN.pow(1 + random.nextInt(decimal.getPrecision()));
    BigInteger number = new BigInteger(limit.bitLength(), random).mod(limit);
    return random.nextBoolean() ? number : number.negate();
  }

  private GenericData.Fixed fixed(Schema schema) {
    byte[] bytes = new byte[schema.getFixedSize()];
    random.nextBytes(bytes);
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      byte[] number = decimal(decimal).toByteArray();
      Arrays.fill(bytes, (byte) (number[0] < 0 ? -1 : 0));
      System.arraycopy(number, 0, bytes, bytes.length - number.length, number.length);
    }
    return new GenericData.Fixed(schema, bytes);
  }

  private List<Object> array(Schema schema) {
    List<Object> items = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      items.add(of(schema.getElementType()));
    }
    return items;
  }

  private Map<String, Object> map(Schema schema) {
    Map<String, Object> entries = new HashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      entries.put(text(), of(schema.getValueType()));
    }
    return entries;
  }
}
