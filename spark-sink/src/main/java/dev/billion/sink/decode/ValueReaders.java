// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Resolver;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.parquet.io.api.Binary;

/**
 * The ways to read nested values. A record, and a union of several types, is an {@code Object[]} of
 * its members, an array a {@code List}, a map a {@code Map} with keys of type {@code Binary}; in
 * them numbers are boxed, and texts, symbols and bytes are {@code Binary}, as Parquet takes them. A
 * {@code Binary} may be a range of the record. For one thread.
 */
final class ValueReaders {

  private static final EventColumn KEY =
      EventColumn.of("key", Schema.create(Schema.Type.STRING), null);

  private final EventView scratch = new EventView(1);

  /**
   * A value of any type.
   *
   * @param name what the field is called where it does not decode
   */
  ValueReader of(String name, Resolver.Action action) {
    EventColumn column = EventColumn.of(name, action.reader, null);
    if (column.kind() != EventColumn.Kind.NESTED) {
      return boxed(column, FieldReaders.of(0, name, action));
    }
    if (ColumnTypes.value(action.reader).getType() == Schema.Type.UNION) {
      return choice(name, action);
    }
    return switch (action.type) {
      case RECORD -> record((Resolver.RecordAdjust) action);
      case CONTAINER -> container(name, (Resolver.Container) action);
      case WRITER_UNION -> {
        Resolver.Action[] actions = ((Resolver.WriterUnion) action).actions;
        yield branches(
            name, Arrays.stream(actions).map(a -> of(name, a)).toArray(ValueReader[]::new));
      }
      case READER_UNION -> of(name, ((Resolver.ReaderUnion) action).actualAction);
      case ERROR -> refusal(action);
      default ->
          throw new IllegalArgumentException(
              "no way to read %s into %s".formatted(action.writer, name));
    };
  }

  private ValueReader container(String name, Resolver.Container action) {
    ValueReader element = of(name, action.elementAction);
    return action.reader.getType() == Schema.Type.ARRAY ? array(element) : map(element);
  }

  private static ValueReader array(ValueReader element) {
    return in -> {
      List<Object> values = new ArrayList<>();
      for (long left = in.readArrayStart(); left > 0; left = in.arrayNext()) {
        for (long i = 0; i < left; i++) {
          values.add(element.read(in));
        }
      }
      return values;
    };
  }

  /** Of values with the same key the last one counts, as everywhere in Avro. */
  private ValueReader map(ValueReader element) {
    ValueReader key = boxed(KEY, (in, view) -> in.readText(view, 0));
    return in -> {
      Map<Object, Object> values = new LinkedHashMap<>();
      for (long left = in.readMapStart(); left > 0; left = in.mapNext()) {
        for (long i = 0; i < left; i++) {
          values.put(key.read(in), element.read(in));
        }
      }
      return values;
    };
  }

  private ValueReader record(Resolver.RecordAdjust action) {
    ValueReader[] readers = new ValueReader[action.fieldActions.length];
    int[] positions = new int[readers.length];
    Arrays.fill(positions, -1);
    int read = 0;
    for (int i = 0; i < readers.length; i++) {
      Resolver.Action field = action.fieldActions[i];
      if (field instanceof Resolver.Skip) {
        readers[i] = skip(field.writer);
      } else {
        Schema.Field target = action.readerOrder[read++];
        readers[i] = of(target.name(), field);
        positions[i] = target.pos();
      }
    }
    Object[] absent = absent(action);
    return in -> {
      Object[] members = absent.clone();
      for (int i = 0; i < readers.length; i++) {
        Object member = readers[i].read(in);
        if (positions[i] >= 0) {
          members[positions[i]] = member;
        }
      }
      return members;
    };
  }

  /** The defaults of the fields that the writer does not know, in their places. */
  private Object[] absent(Resolver.RecordAdjust action) {
    Object[] members = new Object[action.readerOrder.length];
    for (int i = action.firstDefault; i < members.length; i++) {
      Schema.Field field = action.readerOrder[i];
      DefaultValue value =
          new DefaultValue(field.schema(), action.defaults[i - action.firstDefault]);
      members[field.pos()] = value.readWith(of(field.name(), value.action()));
    }
    return members;
  }

  /** A union of several types: of its members, at most one is there. */
  private ValueReader choice(String name, Resolver.Action action) {
    Schema union = action.reader;
    if (action instanceof Resolver.WriterUnion written) {
      ValueReader[] branches = new ValueReader[written.actions.length];
      for (int i = 0; i < branches.length; i++) {
        branches[i] =
            written.unionEquiv
                ? member(name, union, i, written.actions[i])
                : choice(name, written.actions[i]);
      }
      return branches(name, branches);
    }
    return action instanceof Resolver.ReaderUnion one
        ? member(name, union, one.firstMatch, one.actualAction)
        : refusal(action);
  }

  private ValueReader member(String name, Schema union, int branch, Resolver.Action action) {
    Schema type = union.getTypes().get(branch);
    if (type.getType() == Schema.Type.NULL) {
      return in -> null;
    }
    List<Schema> members = ColumnTypes.members(union);
    int position = members.indexOf(type);
    ValueReader value = of(name, action);
    return in -> {
      Object[] values = new Object[members.size()];
      values[position] = value.read(in);
      return values;
    };
  }

  private static ValueReader branches(String name, ValueReader[] branches) {
    return in -> {
      int branch = in.readIndex();
      if (branch >= branches.length) {
        throw new NotDecodableException("%s has no branch %d".formatted(name, branch));
      }
      return branches[branch].read(in);
    };
  }

  private static ValueReader skip(Schema written) {
    return in -> {
      GenericDatumReader.skip(written, in);
      return null;
    };
  }

  private static ValueReader refusal(Resolver.Action action) {
    return in -> {
      throw new NotDecodableException(action.toString());
    };
  }

  private ValueReader boxed(EventColumn column, FieldReader reader) {
    Binary[] symbols =
        column.symbols().stream()
            .map(symbol -> Binary.fromConstantByteArray(symbol.getBytes(UTF_8)))
            .toArray(Binary[]::new);
    return in -> {
      reader.read(in, scratch);
      if (scratch.isNull(0)) {
        return null;
      }
      long number = scratch.number(0);
      return switch (column.kind()) {
        case BOOLEAN -> number != 0;
        case INT -> (int) number;
        case LONG -> number;
        case FLOAT -> Float.intBitsToFloat((int) number);
        case DOUBLE -> Double.longBitsToDouble(number);
        case SYMBOL -> symbols[(int) number];
        default ->
            Binary.fromReusedByteArray(scratch.source(0), scratch.start(0), scratch.length(0));
      };
    };
  }
}
