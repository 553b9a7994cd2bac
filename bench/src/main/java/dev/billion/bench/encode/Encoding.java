// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.encode;

import dev.billion.producer.event.Event;
import dev.billion.producer.event.EventEncoder;

/** The emitter's encoding as the benchmarks use it; for one thread. */
public final class Encoding {

  private final EventEncoder encoder = new EventEncoder();
  private final int schemaId;

  public Encoding(int schemaId) {
    this.schemaId = schemaId;
  }

  /** The record's value; the next call may use the same array again. */
  public byte[] encode(Event event) {
    return encoder.encode(schemaId, event);
  }
}
