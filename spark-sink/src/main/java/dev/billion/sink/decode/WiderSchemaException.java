// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.decode;

import java.io.Serial;

/** A record was read whose schema has fields that the table lacks. No failure: no stack trace. */
public final class WiderSchemaException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final WiderSchema schema;

  WiderSchemaException(WiderSchema schema) {
    super(
        "schema %d has more fields: %s".formatted(schema.id(), schema.added()), null, false, false);
    this.schema = schema;
  }

  public WiderSchema schema() {
    return schema;
  }
}
