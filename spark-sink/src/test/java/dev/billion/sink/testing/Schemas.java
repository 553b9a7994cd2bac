// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billion.schemas.ReleasedSchemas;
import dev.billion.schemas.UserEvent;
import dev.billion.schemas.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;

/** Other versions of the event's schema. */
public final class Schemas {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Schemas() {}

  /** With one field more. */
  public static Schema with(String field) {
    ObjectNode schema = newest();
    fields(schema).add(json(field));
    return parse(schema);
  }

  /** With one field less. */
  public static Schema without(String field) {
    ObjectNode schema = newest();
    fields(schema).remove(position(field));
    return parse(schema);
  }

  /** With one more symbol of an enumerated field. */
  public static Schema withSymbol(String field, String symbol) {
    ObjectNode schema = newest();
    ((ArrayNode) fields(schema).get(position(field)).get("type").get("symbols")).add(symbol);
    return parse(schema);
  }

  /** With milliseconds where the table has microseconds. */
  public static Schema inMilliseconds(String field) {
    ObjectNode schema = newest();
    ((ObjectNode) fields(schema).get(position(field)).get("type"))
        .put("logicalType", "timestamp-millis");
    return parse(schema);
  }

  /**
   * An event as a record of another version: without what that lacks, with defaults for the rest.
   */
  public static GenericRecord copy(UserEvent event, Schema schema) {
    byte[] bytes = Events.value(0, event);
    int body = bytes.length - WireFormat.HEADER_BYTES;
    try {
      return new GenericDatumReader<GenericRecord>(UserEvent.getClassSchema(), schema)
          .read(
              null, DecoderFactory.get().binaryDecoder(bytes, WireFormat.HEADER_BYTES, body, null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A value for an enumerated field. */
  public static Object symbol(Schema schema, String field, String symbol) {
    return new GenericData.EnumSymbol(schema.getField(field).schema(), symbol);
  }

  private static ObjectNode newest() {
    List<Schema> released = ReleasedSchemas.userEvent();
    return (ObjectNode) json(released.get(released.size() - 1).toString());
  }

  private static ArrayNode fields(ObjectNode schema) {
    return (ArrayNode) schema.get("fields");
  }

  private static int position(String field) {
    return UserEvent.getClassSchema().getField(field).pos();
  }

  private static Schema parse(ObjectNode schema) {
    return new Schema.Parser().parse(schema.toString());
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
