// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.drain;

import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/** The columns of the events table as a Parquet file has them, but for its directory's date. */
final class EventColumns {

  private final Types.MessageTypeBuilder columns = Types.buildMessage();

  private EventColumns() {}

  static MessageType schema() {
    return new EventColumns()
        .bytes("event_id")
        .time("event_time")
        .number("user_id")
        .text("session_id", "event_type", "category", "region", "device", "page", "referrer")
        .number("amount_cents")
        .text("currency")
        .shortNumber("kafka_partition")
        .number("kafka_offset")
        .time("ingest_time")
        .columns
        .named("event");
  }

  private EventColumns bytes(String name) {
    columns.optional(PrimitiveTypeName.BINARY).named(name);
    return this;
  }

  private EventColumns shortNumber(String name) {
    columns.optional(PrimitiveTypeName.INT32).named(name);
    return this;
  }

  private EventColumns number(String name) {
    columns.optional(PrimitiveTypeName.INT64).named(name);
    return this;
  }

  private EventColumns time(String name) {
    columns
        .optional(PrimitiveTypeName.INT64)
        .as(LogicalTypeAnnotation.timestampType(true, LogicalTypeAnnotation.TimeUnit.MICROS))
        .named(name);
    return this;
  }

  private EventColumns text(String... names) {
    for (String name : names) {
      columns.optional(PrimitiveTypeName.BINARY).as(LogicalTypeAnnotation.stringType()).named(name);
    }
    return this;
  }
}
