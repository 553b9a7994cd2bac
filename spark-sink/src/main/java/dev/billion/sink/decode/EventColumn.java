// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.decode;

import java.math.BigInteger;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.TimestampType;

/**
 * One field of the event as a column of the table.
 *
 * @param name its name in both
 * @param kind what an {@link EventView} has for it
 * @param type Spark's type of it
 * @param symbols what the values of a {@link Kind#SYMBOL} stand for, else empty
 * @param comment what it means, null if nobody said
 */
public record EventColumn(
    String name, Kind kind, DataType type, List<String> symbols, String comment) {

  /** The most digits of a decimal that is {@link Kind#INT}. */
  public static final int INT_DIGITS = 9;

  /** The most digits of a decimal that is {@link Kind#LONG}. */
  public static final int LONG_DIGITS = 18;

  /** How an {@link EventView} has a value. */
  public enum Kind {
    BOOLEAN,
    /** A number of 32 bits, also a day since 1970 or a decimal without its point. */
    INT,
    /** A number of 64 bits, also microseconds since 1970 or a decimal without its point. */
    LONG,
    FLOAT,
    DOUBLE,
    /** A range of bytes, also a text in UTF-8 or a decimal of more than 18 digits. */
    BYTES,
    /** A number that stands for a text. */
    SYMBOL,
    /** An object, as {@link ValueReaders} make them. */
    NESTED
  }

  public EventColumn {
    symbols = List.copyOf(symbols);
  }

  /**
   * The column for a field.
   *
   * @param comment what it means, null if nobody said
   * @throws IllegalArgumentException if a table has no column type for the field's
   */
  static EventColumn of(String name, Schema schema, String comment) {
    Schema value = ColumnTypes.value(schema);
    DataType type = ColumnTypes.of(value);
    if (value.getType() == Schema.Type.ENUM) {
      return new EventColumn(name, Kind.SYMBOL, type, value.getEnumSymbols(), comment);
    }
    return new EventColumn(name, kind(type), type, List.of(), comment);
  }

  /** How many bytes a decimal has that is {@link Kind#BYTES}. */
  public static int decimalBytes(int precision) {
    return BigInteger.TEN.pow(precision).bitLength() / Byte.SIZE + 1;
  }

  private static Kind kind(DataType type) {
    if (type instanceof DecimalType decimal) {
      return decimal.precision() <= INT_DIGITS
          ? Kind.INT
          : decimal.precision() <= LONG_DIGITS ? Kind.LONG : Kind.BYTES;
    }
    if (type instanceof BooleanType) {
      return Kind.BOOLEAN;
    }
    if (type instanceof IntegerType || type instanceof DateType) {
      return Kind.INT;
    }
    if (type instanceof LongType || type instanceof TimestampType) {
      return Kind.LONG;
    }
    if (type instanceof FloatType) {
      return Kind.FLOAT;
    }
    if (type instanceof DoubleType) {
      return Kind.DOUBLE;
    }
    return ColumnTypes.isNested(type) ? Kind.NESTED : Kind.BYTES;
  }
}
