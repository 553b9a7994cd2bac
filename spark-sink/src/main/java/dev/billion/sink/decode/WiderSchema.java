// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.decode;

import java.io.Serializable;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * A writer schema with fields that the table lacks.
 *
 * @param id its id
 * @param json the table's schema with these fields added
 * @param added their names, with those of the fields that they are in
 */
public record WiderSchema(int id, String json, String added) implements Serializable {

  /** Empty if the table has all the fields, or has no columns for the others. */
  static Optional<WiderSchema> of(int id, EventLayout reader, Schema writer) {
    Widening widening = new Widening(reader.schema(), writer, reader.recordColumns());
    return widening
        .schema()
        .map(wider -> new WiderSchema(id, wider.toString(), String.join(", ", widening.added())));
  }
}
