// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.decode;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A reader's schema with the fields that only the writer's has, at any depth: each behind the
 * others, and null unless somebody writes it. Used once.
 */
final class Widening {

  private static final Logger LOG = LoggerFactory.getLogger(Widening.class);

  private final Schema reader;
  private final Schema writer;

  /** What the writer has for a record of the reader, by the full name of that. */
  private final Map<String, Schema> writers = new HashMap<>();

  private final Map<String, Schema> named = new HashMap<>();
  private final Map<String, Schema> rebuilt = new HashMap<>();
  private final Set<String> added = new LinkedHashSet<>();
  private final Collection<String> taken;

  /**
   * @param taken names that no field of the record itself may have
   */
  Widening(Schema reader, Schema writer, Collection<String> taken) {
    this.reader = reader;
    this.writer = writer;
    this.taken = taken;
  }

  /** The fields that were added. */
  Set<String> added() {
    return added;
  }

  /** The wider schema; empty if there is nothing to add, or a table cannot have it. */
  Optional<Schema> schema() {
    Schema wider = reader;
    for (Schema next = step(wider); !next.equals(wider); next = step(wider)) {
      wider = next;
    }
    if (wider.equals(reader)) {
      return Optional.empty();
    }
    try {
      Schema parsed = EventLayout.parse(wider.toString()).schema();
      if (SchemaCompatibility.checkReaderWriterCompatibility(parsed, writer).getType()
          == SchemaCompatibilityType.COMPATIBLE) {
        return Optional.of(parsed);
      }
      LOG.warn("fields {} of {} do not fit the table", added, writer.getFullName());
    } catch (IllegalArgumentException e) {
      LOG.warn("fields {} of {} do not fit the table", added, writer.getFullName(), e);
    }
    return Optional.empty();
  }

  /** A type that a new field brings may be known by name, and be wider itself: step by step. */
  private Schema step(Schema narrow) {
    writers.clear();
    named.clear();
    rebuilt.clear();
    pair(narrow, writer);
    return rebuild(narrow, "");
  }

  /**
   * Finds what the writer has for each record of the reader.
   *
   * @param written null if the writer has nothing for it
   */
  private void pair(Schema read, Schema written) {
    Schema other = branch(read, written);
    switch (read.getType()) {
      case RECORD -> {
        named.put(read.getFullName(), read);
        if (other != null) {
          writers.putIfAbsent(read.getFullName(), other);
        }
        for (Schema.Field field : read.getFields()) {
          Schema.Field same = other == null ? null : other.getField(field.name());
          pair(field.schema(), same == null ? null : same.schema());
        }
      }
      case ENUM, FIXED -> named.put(read.getFullName(), read);
      case ARRAY -> pair(read.getElementType(), other == null ? null : other.getElementType());
      case MAP -> pair(read.getValueType(), other == null ? null : other.getValueType());
      case UNION -> read.getTypes().forEach(type -> pair(type, written));
      default -> {}
    }
  }

  /** What is written for a type: the same type, or the one of a union that is. */
  private static Schema branch(Schema type, Schema written) {
    if (written == null) {
      return null;
    }
    if (written.getType() == Schema.Type.UNION) {
      return written.getTypes().stream()
          .filter(branch -> branch(type, branch) != null)
          .findFirst()
          .orElse(null);
    }
    return type.getType() == written.getType() && type.getName().equals(written.getName())
        ? written
        : null;
  }

  private Schema rebuild(Schema schema, String path) {
    return switch (schema.getType()) {
      case RECORD -> {
        Schema known = rebuilt.get(schema.getFullName());
        if (known == null) {
          known = record(named.getOrDefault(schema.getFullName(), schema), path);
          rebuilt.put(schema.getFullName(), known);
        }
        yield known;
      }
      case ENUM, FIXED -> named.getOrDefault(schema.getFullName(), schema);
      case ARRAY -> {
        Schema element = rebuild(schema.getElementType(), path);
        yield element.equals(schema.getElementType()) ? schema : Schema.createArray(element);
      }
      case MAP -> {
        Schema value = rebuild(schema.getValueType(), path);
        yield value.equals(schema.getValueType()) ? schema : Schema.createMap(value);
      }
      case UNION -> {
        List<Schema> types = schema.getTypes().stream().map(type -> rebuild(type, path)).toList();
        yield types.equals(schema.getTypes()) ? schema : Schema.createUnion(types);
      }
      default -> schema;
    };
  }

  private Schema record(Schema record, String path) {
    List<Schema.Field> fields = new ArrayList<>();
    boolean changed = false;
    for (Schema.Field field : record.getFields()) {
      Schema type = rebuild(field.schema(), path + field.name() + ".");
      changed |= !type.equals(field.schema());
      fields.add(new Schema.Field(field, type));
    }
    // a record without fields is no struct in a table, and cannot become one
    boolean open = writers.containsKey(record.getFullName()) && !fields.isEmpty();
    Set<String> names = new HashSet<>(path.isEmpty() ? taken : List.of());
    fields.forEach(field -> names.add(field.name().toLowerCase(Locale.ROOT)));
    for (Schema.Field field : open ? written(record) : List.<Schema.Field>of()) {
      if (record.getField(field.name()) == null && isFree(field, names) && hasColumn(field)) {
        Schema type = nullable(rebuild(field.schema(), path + field.name() + "."));
        fields.add(new Schema.Field(field.name(), type, field.doc(), JsonProperties.NULL_VALUE));
        added.add(path + field.name());
        changed = true;
      }
    }
    if (!changed) {
      return record;
    }
    Schema wider =
        Schema.createRecord(
            record.getName(), record.getDoc(), record.getNamespace(), record.isError(), fields);
    record.getAliases().forEach(wider::addAlias);
    record.getObjectProps().forEach(wider::addProp);
    return wider;
  }

  private List<Schema.Field> written(Schema record) {
    return writers.get(record.getFullName()).getFields();
  }

  /** Whether no other column is called so, which is so from now on. */
  private static boolean isFree(Schema.Field field, Set<String> names) {
    boolean free = names.add(field.name().toLowerCase(Locale.ROOT));
    if (!free) {
      LOG.warn("no column for field {}: another one is called so, but for case", field.name());
    }
    return free;
  }

  private static boolean hasColumn(Schema.Field field) {
    try {
      ColumnTypes.of(field.schema());
      return true;
    } catch (IllegalArgumentException e) {
      LOG.warn("no column for field {}", field.name(), e);
      return false;
    }
  }

  private static Schema nullable(Schema type) {
    if (type.getType() == Schema.Type.NULL) {
      return type;
    }
    List<Schema> types = new ArrayList<>(List.of(Schema.create(Schema.Type.NULL)));
    types.addAll(type.getType() == Schema.Type.UNION ? ColumnTypes.members(type) : List.of(type));
    return Schema.createUnion(types);
  }
}
