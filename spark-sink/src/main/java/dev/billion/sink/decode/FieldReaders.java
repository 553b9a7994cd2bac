// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.decode;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Resolver;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;

/**
 * The ways to read a field that is not nested, as Avro's resolution of a writer's schema with the
 * table's finds them.
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#schema-resolution">Avro
 *     specification, schema resolution</a>
 */
final class FieldReaders {

  /** A table's times reach from year 1 to 9999; outside, dates and file paths break. */
  private static final long EARLIEST = micros(Instant.parse("0001-01-01T00:00:00Z"));

  private static final long LATEST = micros(Instant.parse("9999-12-31T23:59:59.999999Z"));
  private static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();
  private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

  private FieldReaders() {}

  /** Past a field that the table has no column for. */
  static FieldReader skip(Schema written) {
    return (in, event) -> GenericDatumReader.skip(written, in);
  }

  /** A column that the writer does not know: its default, from no bytes of the record. */
  static FieldReader absent(FieldReader reader, byte[] bytes) {
    BoundedDecoder constant = new BoundedDecoder();
    return (in, event) -> {
      constant.reset(bytes, 0);
      reader.read(constant, event);
    };
  }

  /**
   * A field into its column.
   *
   * @param name what the field is called where it does not decode
   */
  static FieldReader of(int column, String name, Resolver.Action action) {
    return switch (action.type) {
      case DO_NOTHING, PROMOTE -> value(column, name, action.writer, action.reader);
      case ENUM -> symbol(column, name, ((Resolver.EnumAdjust) action).adjustments);
      case WRITER_UNION -> union(column, name, ((Resolver.WriterUnion) action).actions);
      case READER_UNION -> of(column, name, ((Resolver.ReaderUnion) action).actualAction);
      case RECORD -> presence(column, action.writer);
      case ERROR -> refusal(action.toString());
      default -> throw noWay(action.writer, name);
    };
  }

  private static FieldReader value(int column, String name, Schema written, Schema read) {
    Schema.Type from = written.getType();
    return switch (read.getType()) {
      case NULL -> (in, event) -> event.setNull(column);
      case BOOLEAN -> (in, event) -> event.set(column, in.readBoolean() ? 1 : 0);
      case INT ->
          read.getLogicalType() instanceof LogicalTypes.Date
              ? date(column, name)
              : (in, event) -> event.set(column, in.readInt());
      case LONG -> number(column, name, from == Schema.Type.INT, read.getLogicalType());
      case FLOAT -> fraction(column, from);
      case DOUBLE -> doubleFraction(column, from);
      case STRING -> (in, event) -> in.readText(event, column);
      case BYTES -> {
        FieldReader bytes = (in, event) -> in.readBytes(event, column);
        yield decimalOr(column, name, read, bytes);
      }
      case FIXED -> {
        int size = written.getFixedSize();
        FieldReader bytes = (in, event) -> in.readFixed(event, column, size);
        yield decimalOr(column, name, read, bytes);
      }
      default -> throw noWay(written, name);
    };
  }

  private static FieldReader number(int column, String name, boolean isInt, LogicalType logical) {
    if (logical instanceof LogicalTypes.TimestampMicros) {
      return (in, event) -> {
        long micros = isInt ? in.readInt() : in.readLong();
        if (micros < EARLIEST || micros > LATEST) {
          throw outside(name, micros, "microseconds");
        }
        event.set(column, micros);
      };
    }
    if (logical instanceof LogicalTypes.TimestampMillis) {
      return (in, event) -> {
        long millis = isInt ? in.readInt() : in.readLong();
        if (millis < Math.floorDiv(EARLIEST, 1_000) || millis > Math.floorDiv(LATEST, 1_000)) {
          throw outside(name, millis, "milliseconds");
        }
        event.set(column, millis * 1_000);
      };
    }
    return isInt
        ? (in, event) -> event.set(column, in.readInt())
        : (in, event) -> event.set(column, in.readLong());
  }

  private static FieldReader date(int column, String name) {
    return (in, event) -> {
      int day = in.readInt();
      if (day < FIRST_DAY || day > LAST_DAY) {
        throw outside(name, day, "days");
      }
      event.set(column, day);
    };
  }

  private static FieldReader fraction(int column, Schema.Type from) {
    return switch (from) {
      case INT -> (in, event) -> event.set(column, Float.floatToRawIntBits((float) in.readInt()));
      case LONG -> (in, event) -> event.set(column, Float.floatToRawIntBits((float) in.readLong()));
      default -> (in, event) -> event.set(column, Float.floatToRawIntBits(in.readFloat()));
    };
  }

  private static FieldReader doubleFraction(int column, Schema.Type from) {
    return switch (from) {
      case INT -> (in, event) -> event.set(column, Double.doubleToRawLongBits(in.readInt()));
      case LONG ->
          (in, event) -> event.set(column, Double.doubleToRawLongBits((double) in.readLong()));
      case FLOAT -> (in, event) -> event.set(column, Double.doubleToRawLongBits(in.readFloat()));
      default -> (in, event) -> event.set(column, Double.doubleToRawLongBits(in.readDouble()));
    };
  }

  private static FieldReader decimalOr(int column, String name, Schema read, FieldReader bytes) {
    LogicalTypes.Decimal decimal = ColumnTypes.decimal(read);
    return decimal == null ? bytes : new DecimalReader(column, name, decimal, bytes);
  }

  /**
   * @param symbols the table's symbol for each of the writer's, -1 where it has none
   */
  private static FieldReader symbol(int column, String name, int[] symbols) {
    return (in, event) -> {
      int written = in.readEnum();
      if (written >= symbols.length || symbols[written] < 0) {
        throw new NotDecodableException("%s has no symbol %d".formatted(name, written));
      }
      event.set(column, symbols[written]);
    };
  }

  private static FieldReader union(int column, String name, Resolver.Action[] actions) {
    FieldReader[] branches =
        Arrays.stream(actions).map(action -> of(column, name, action)).toArray(FieldReader[]::new);
    return (in, event) -> {
      int branch = in.readIndex();
      if (branch >= branches.length) {
        throw new NotDecodableException("%s has no branch %d".formatted(name, branch));
      }
      branches[branch].read(in, event);
    };
  }

  /** A record without fields that the table knows: all there is to tell is that it is there. */
  private static FieldReader presence(int column, Schema written) {
    FieldReader skip = skip(written);
    return (in, event) -> {
      skip.read(in, event);
      event.set(column, 1);
    };
  }

  private static FieldReader refusal(String why) {
    return (in, event) -> {
      throw new NotDecodableException(why);
    };
  }

  private static NotDecodableException outside(String name, long value, String unit) {
    return new NotDecodableException(
        "%s of %d %s is not in the years 1 to 9999".formatted(name, value, unit));
  }

  private static IllegalArgumentException noWay(Schema written, String name) {
    return new IllegalArgumentException("no way to read %s into %s".formatted(written, name));
  }

  private static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
  }
}
