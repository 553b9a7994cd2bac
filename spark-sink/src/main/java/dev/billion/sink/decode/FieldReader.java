// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.decode;

import java.io.IOException;

/** Reads one field of a record into the event, or past it. */
@FunctionalInterface
interface FieldReader {

  void read(BoundedDecoder in, EventView event) throws IOException;
}
