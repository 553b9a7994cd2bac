// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.decode;

import java.io.IOException;
import java.time.Instant;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * One field of the event as a column of the table: its type there, and how a value gets from the
 * wire into a row. A column owns the buffer of its value, which the next record overwrites.
 */
abstract class EventColumn {

  /** Spark's timestamps reach from year 1 to 9999; outside, dates and file paths break. */
  private static final long EARLIEST = micros(Instant.parse("0001-01-01T00:00:00Z"));

  private static final long LATEST = micros(Instant.parse("9999-12-31T23:59:59.999999Z"));

  private final DataType type;

  private EventColumn(DataType type) {
    this.type = type;
  }

  /**
   * The column for a field.
   *
   * @throws IllegalArgumentException if the table has no column type for the field's
   */
  static EventColumn of(Schema.Field field) {
    return of(field.name(), field.schema());
  }

  final DataType type() {
    return type;
  }

  abstract void read(Decoder in, InternalRow row, int ordinal) throws IOException;

  private static EventColumn of(String name, Schema schema) {
    return switch (schema.getType()) {
      case FIXED -> new Fixed(schema.getFixedSize());
      case LONG ->
          schema.getLogicalType() instanceof LogicalTypes.TimestampMicros
              ? new Timestamp(name)
              : new Number();
      case STRING -> new Text();
      case ENUM -> new Symbol(name, schema);
      case UNION -> nullable(name, schema);
      default ->
          throw new IllegalArgumentException(
              "no column type for field %s of type %s".formatted(name, schema));
    };
  }

  private static EventColumn nullable(String name, Schema union) {
    if (union.getTypes().size() != 2 || union.getTypes().get(0).getType() != Schema.Type.NULL) {
      throw new IllegalArgumentException(
          "no column type for field %s of type %s (valid: null or one other)"
              .formatted(name, union));
    }
    return new Nullable(name, of(name, union.getTypes().get(1)));
  }

  private static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
  }

  private static final class Fixed extends EventColumn {
    private final byte[] value;

    Fixed(int size) {
      super(DataTypes.BinaryType);
      value = new byte[size];
    }

    @Override
    void read(Decoder in, InternalRow row, int ordinal) throws IOException {
      in.readFixed(value, 0, value.length);
      row.update(ordinal, value);
    }
  }

  private static final class Number extends EventColumn {
    Number() {
      super(DataTypes.LongType);
    }

    @Override
    void read(Decoder in, InternalRow row, int ordinal) throws IOException {
      row.setLong(ordinal, in.readLong());
    }
  }

  private static final class Timestamp extends EventColumn {
    private final String name;

    Timestamp(String name) {
      super(DataTypes.TimestampType);
      this.name = name;
    }

    @Override
    void read(Decoder in, InternalRow row, int ordinal) throws IOException {
      long value = in.readLong();
      if (value < EARLIEST || value > LATEST) {
        throw new NotDecodableException(
            "%s of %d microseconds is not in the years 1 to 9999".formatted(name, value));
      }
      row.setLong(ordinal, value);
    }
  }

  private static final class Text extends EventColumn {
    private final Utf8 value = new Utf8();

    Text() {
      super(DataTypes.StringType);
    }

    @Override
    void read(Decoder in, InternalRow row, int ordinal) throws IOException {
      Utf8 text = in.readString(value);
      row.update(ordinal, UTF8String.fromBytes(text.getBytes(), 0, text.getByteLength()));
    }
  }

  private static final class Symbol extends EventColumn {
    private final String name;
    private final UTF8String[] symbols;

    Symbol(String name, Schema schema) {
      super(DataTypes.StringType);
      this.name = name;
      this.symbols =
          schema.getEnumSymbols().stream().map(UTF8String::fromString).toArray(UTF8String[]::new);
    }

    @Override
    void read(Decoder in, InternalRow row, int ordinal) throws IOException {
      int index = in.readEnum();
      if (index >= symbols.length) {
        throw new NotDecodableException("%s has no symbol %d".formatted(name, index));
      }
      row.update(ordinal, symbols[index]);
    }
  }

  private static final class Nullable extends EventColumn {
    private final String name;
    private final EventColumn column;

    Nullable(String name, EventColumn column) {
      super(column.type());
      this.name = name;
      this.column = column;
    }

    @Override
    void read(Decoder in, InternalRow row, int ordinal) throws IOException {
      int branch = in.readIndex();
      switch (branch) {
        case 0 -> {
          in.readNull();
          row.setNullAt(ordinal);
        }
        case 1 -> column.read(in, row, ordinal);
        default -> throw new NotDecodableException("%s has no branch %d".formatted(name, branch));
      }
    }
  }
}
