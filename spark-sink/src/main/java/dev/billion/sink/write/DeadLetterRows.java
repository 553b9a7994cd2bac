// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.billion.sink.decode.Defect;
import dev.billion.sink.table.TableLayout;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;

/** Writes dead letters. For one file. */
final class DeadLetterRows extends WriteSupport<DeadLetterRows.Row> {

  /** A row: the record, and why it is no event. */
  record Row(ConsumerRecord<byte[], byte[]> record, Defect defect) {}

  private RecordConsumer out;
  private int column;

  @Override
  public WriteContext init(Configuration configuration) {
    return ParquetSchema.context(TableLayout.DEAD_LETTERS);
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    out = consumer;
  }

  @Override
  public void write(Row row) {
    ConsumerRecord<byte[], byte[]> record = row.record;
    Defect defect = row.defect;
    out.startMessage();
    column = 0;
    for (String name : TableLayout.DEAD_LETTERS.columns().fieldNames()) {
      switch (name) {
        case "topic" -> text(name, record.topic());
        case "partition" -> field(name, () -> out.addInteger(record.partition()));
        case "offset" -> field(name, () -> out.addLong(record.offset()));
        case "kafka_timestamp" -> time(name, record.timestamp());
        case "reason" -> text(name, defect.reason().name());
        case "detail" -> text(name, defect.detail());
        case "schema_id" -> id(name, defect.schemaId());
        case "value" -> bytes(name, record.value());
        default -> throw new IllegalStateException("no value for column " + name);
      }
      column++;
    }
    out.endMessage();
  }

  private void text(String name, String value) {
    bytes(name, value == null ? null : value.getBytes(UTF_8));
  }

  private void bytes(String name, byte[] value) {
    if (value != null) {
      field(name, () -> out.addBinary(Binary.fromConstantByteArray(value)));
    }
  }

  private void time(String name, long millis) {
    if (millis != ConsumerRecord.NO_TIMESTAMP) {
      field(name, () -> out.addLong(TimeUnit.MILLISECONDS.toMicros(millis)));
    }
  }

  private void id(String name, Integer value) {
    if (value != null) {
      field(name, () -> out.addInteger(value));
    }
  }

  private void field(String name, Runnable add) {
    out.startField(name, column);
    add.run();
    out.endField(name, column);
  }
}
