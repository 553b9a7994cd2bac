// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.billion.sink.decode.EventColumn;
import dev.billion.sink.decode.EventLayout;
import dev.billion.sink.decode.EventView;
import dev.billion.sink.table.TableLayout;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;

/** Writes events straight from the bytes of their records. For one file at a time. */
final class EventRows extends WriteSupport<EventRows.Row> {

  /**
   * A row: the event, and the record it came in. For one thread, and used for one after another.
   */
  static final class Row {
    EventView event;
    ConsumerRecord<byte[], byte[]> record;
  }

  private static final EventColumn[] COLUMNS = EventLayout.COLUMNS.toArray(EventColumn[]::new);
  private static final Binary[][] SYMBOLS = symbols();

  private final long ingestMicros;
  private RecordConsumer out;

  /**
   * @param ingestMicros when the batch began, in microseconds since 1970
   */
  EventRows(long ingestMicros) {
    this.ingestMicros = ingestMicros;
  }

  @Override
  public WriteContext init(Configuration configuration) {
    return ParquetSchema.context(TableLayout.EVENTS);
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    out = consumer;
  }

  @Override
  public void write(Row row) {
    out.startMessage();
    for (int i = 0; i < COLUMNS.length; i++) {
      if (!row.event.isNull(i)) {
        out.startField(COLUMNS[i].name(), i);
        write(row.event, i);
        out.endField(COLUMNS[i].name(), i);
      }
    }
    int next = COLUMNS.length;
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
    switch (COLUMNS[column].kind()) {
      case NUMBER, TIMESTAMP -> out.addLong(event.number(column));
      case SYMBOL -> out.addBinary(SYMBOLS[column][(int) event.number(column)]);
      case FIXED, TEXT ->
          out.addBinary(
              Binary.fromReusedByteArray(
                  event.source(column), event.start(column), event.length(column)));
    }
  }

  private static Binary[][] symbols() {
    Binary[][] symbols = new Binary[COLUMNS.length][];
    for (int i = 0; i < COLUMNS.length; i++) {
      symbols[i] =
          COLUMNS[i].symbols().stream()
              .map(symbol -> Binary.fromConstantByteArray(symbol.getBytes(UTF_8)))
              .toArray(Binary[]::new);
    }
    return symbols;
  }
}
