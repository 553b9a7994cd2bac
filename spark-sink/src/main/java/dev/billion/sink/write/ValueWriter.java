// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.write;

import org.apache.parquet.io.api.RecordConsumer;

/** Writes a value that is not null, as {@link dev.billion.sink.decode.EventView#object} has it. */
@FunctionalInterface
interface ValueWriter {

  void write(RecordConsumer out, Object value);
}
