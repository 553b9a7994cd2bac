// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.billion.sink.decode.EventColumn;
import dev.billion.sink.decode.EventLayout;
import dev.billion.sink.decode.EventView;
import dev.billion.sink.table.TableLayout;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;

/** Writes events with columns of any type. For one file. */
final class NestedRows extends WriteSupport<NestedRows.Row> {

  /**
   * A row: the event, and the record it came in. For one thread, and used for one after another.
   */
  static final class Row {
    EventView event;
    ConsumerRecord<byte[], byte[]> record;
  }

  private final EventLayout layout;
  private final EventColumn[] columns;
  private final Binary[][] symbols;
  private final ValueWriter[] nested;
  private final long ingestMicros;
  private RecordConsumer out;

  /**
   * @param layout what the rows are
   * @param ingestMicros when the batch began, in microseconds since 1970
   */
  NestedRows(EventLayout layout, long ingestMicros) {
    this.layout = layout;
    this.columns = layout.columns().toArray(EventColumn[]::new);
    this.symbols = layout.columns().stream().map(NestedRows::symbols).toArray(Binary[][]::new);
    this.nested =
        layout.columns().stream()
            .map(column -> ValueWriters.of(column.type()))
            .toArray(ValueWriter[]::new);
    this.ingestMicros = ingestMicros;
  }

  @Override
  public WriteContext init(Configuration configuration) {
    return new WriteContext(ParquetSchema.of(TableLayout.of(layout)), Map.of());
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    out = consumer;
  }

  @Override
  public void write(Row row) {
    out.startMessage();
    for (int i = 0; i < columns.length; i++) {
      if (!row.event.isNull(i)) {
        out.startField(columns[i].name(), i);
        write(row.event, i);
        out.endField(columns[i].name(), i);
      }
    }
    int next = columns.length;
    out.startField("kafka_partition", next);
    out.addInteger(row.record.partition());
    out.endField("kafka_partition", next++);
    out.startField("kafka_offset", next);
    out.addLong(row.record.offset());
    out.endField("kafka_offset", next++);
    out.startField("ingest_time", next);
    out.addLong(ingestMicros);
    out.endField("ingest_time", next);
    out.endMessage();
  }

  private void write(EventView event, int column) {
    switch (columns[column].kind()) {
      case LONG -> out.addLong(event.number(column));
      case SYMBOL -> out.addBinary(symbols[column][(int) event.number(column)]);
      case BYTES ->
          out.addBinary(
              Binary.fromReusedByteArray(
                  event.source(column), event.start(column), event.length(column)));
      case INT -> out.addInteger((int) event.number(column));
      case BOOLEAN -> out.addBoolean(event.number(column) != 0);
      case FLOAT -> out.addFloat(Float.intBitsToFloat((int) event.number(column)));
      case DOUBLE -> out.addDouble(Double.longBitsToDouble(event.number(column)));
      case NESTED -> nested[column].write(out, event.object(column));
    }
  }

  private static Binary[] symbols(EventColumn column) {
    return column.symbols().stream()
        .map(symbol -> Binary.fromConstantByteArray(symbol.getBytes(UTF_8)))
        .toArray(Binary[]::new);
  }
}
