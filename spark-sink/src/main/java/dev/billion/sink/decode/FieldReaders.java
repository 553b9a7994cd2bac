// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Arrays;
import org.apache.avro.Resolver;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericFixed;

/**
 * The ways to read a field, as Avro's resolution of a writer's schema with the table's finds them.
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#schema-resolution">Avro
 *     specification, schema resolution</a>
 */
final class FieldReaders {

  /** A table's timestamps reach from year 1 to 9999; outside, dates and file paths break. */
  private static final long EARLIEST = micros(Instant.parse("0001-01-01T00:00:00Z"));

  private static final long LATEST = micros(Instant.parse("9999-12-31T23:59:59.999999Z"));

  private FieldReaders() {}

  /** Past a field that the table has no column for. */
  static FieldReader skip(Schema written) {
    return (in, event) -> GenericDatumReader.skip(written, in);
  }

  /** A column that the writer does not know: its default, from no bytes at all. */
  static FieldReader absent(int column, Object value) {
    if (value == null) {
      return (in, event) -> event.setNull(column);
    }
    if (value instanceof Long number) {
      return (in, event) -> event.set(column, number);
    }
    if (layout(column).kind() == EventColumn.Kind.SYMBOL) {
      int symbol = layout(column).symbols().indexOf(value.toString());
      return (in, event) -> event.set(column, symbol);
    }
    byte[] bytes =
        value instanceof GenericFixed fixed ? fixed.bytes() : value.toString().getBytes(UTF_8);
    return (in, event) -> event.set(column, bytes, 0, bytes.length);
  }

  /** A field into its column. */
  static FieldReader of(int column, Resolver.Action action) {
    return switch (action.type) {
      case DO_NOTHING, PROMOTE -> value(column, action.writer);
      case ENUM -> symbol(column, ((Resolver.EnumAdjust) action).adjustments);
      case WRITER_UNION -> union(column, ((Resolver.WriterUnion) action).actions);
      case READER_UNION -> of(column, ((Resolver.ReaderUnion) action).actualAction);
      case ERROR -> refusal(action.toString());
      default -> throw noWay(action.writer, column);
    };
  }

  private static FieldReader value(int column, Schema written) {
    return switch (written.getType()) {
      case NULL -> (in, event) -> event.setNull(column);
      case INT -> (in, event) -> event.set(column, in.readInt());
      case LONG ->
          layout(column).kind() == EventColumn.Kind.TIMESTAMP
              ? timestamp(column)
              : (in, event) -> event.set(column, in.readLong());
      case STRING, BYTES -> (in, event) -> in.readText(event, column);
      case FIXED -> {
        int size = written.getFixedSize();
        yield (in, event) -> in.readFixed(event, column, size);
      }
      default -> throw noWay(written, column);
    };
  }

  private static FieldReader timestamp(int column) {
    return (in, event) -> {
      long micros = in.readLong();
      if (micros < EARLIEST || micros > LATEST) {
        throw new NotDecodableException(
            "%s of %d microseconds is not in the years 1 to 9999"
                .formatted(layout(column).name(), micros));
      }
      event.set(column, micros);
    };
  }

  /**
   * @param symbols the table's symbol for each of the writer's, -1 where it has none
   */
  private static FieldReader symbol(int column, int[] symbols) {
    return (in, event) -> {
      int written = in.readEnum();
      if (written >= symbols.length || symbols[written] < 0) {
        throw new NotDecodableException(
            "%s has no symbol %d".formatted(layout(column).name(), written));
      }
      event.set(column, symbols[written]);
    };
  }

  private static FieldReader union(int column, Resolver.Action[] actions) {
    FieldReader[] branches =
        Arrays.stream(actions).map(action -> of(column, action)).toArray(FieldReader[]::new);
    return (in, event) -> {
      int branch = in.readIndex();
      if (branch >= branches.length) {
        throw new NotDecodableException(
            "%s has no branch %d".formatted(layout(column).name(), branch));
      }
      branches[branch].read(in, event);
    };
  }

  private static FieldReader refusal(String why) {
    return (in, event) -> {
      throw new NotDecodableException(why);
    };
  }

  private static EventColumn layout(int column) {
    return EventLayout.COLUMNS.get(column);
  }

  private static IllegalArgumentException noWay(Schema written, int column) {
    return new IllegalArgumentException(
        "no way to read %s into column %s".formatted(written, layout(column).name()));
  }

  private static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
  }
}
