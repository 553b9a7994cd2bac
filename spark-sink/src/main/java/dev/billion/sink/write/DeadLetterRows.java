// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.billion.sink.decode.Defect;
import dev.billion.sink.parquet.FlatFile;
import dev.billion.sink.parquet.NumberColumn;
import dev.billion.sink.parquet.TextColumn;
import dev.billion.sink.table.TableLayout;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Writes dead letters into a file. For one thread. */
final class DeadLetterRows {

  private final FlatFile file;

  DeadLetterRows(FlatFile file) {
    this.file = file;
  }

  /** Adds a row: the record, and why it is no event. */
  void write(ConsumerRecord<byte[], byte[]> record, Defect defect) throws IOException {
    int column = 0;
    for (String name : TableLayout.DEAD_LETTERS.columns().fieldNames()) {
      switch (name) {
        case "topic" -> text(column, record.topic());
        case "partition" -> number(column, (long) record.partition());
        case "offset" -> number(column, record.offset());
        case "kafka_timestamp" -> number(column, micros(record.timestamp()));
        case "reason" -> text(column, defect.reason().name());
        case "detail" -> text(column, defect.detail());
        case "schema_id" -> number(column, id(defect));
        case "value" -> bytes(column, record.value());
        default -> throw new IllegalStateException("no value for column " + name);
      }
      column++;
    }
    file.endRow();
  }

  private static Long micros(long millis) {
    return millis == ConsumerRecord.NO_TIMESTAMP ? null : TimeUnit.MILLISECONDS.toMicros(millis);
  }

  private static Long id(Defect defect) {
    return defect.schemaId() == null ? null : defect.schemaId().longValue();
  }

  private void number(int column, Long value) {
    NumberColumn numbers = file.numbers(column);
    if (value == null) {
      numbers.addNull();
    } else {
      numbers.add(value);
    }
  }

  private void text(int column, String value) {
    bytes(column, value == null ? null : value.getBytes(UTF_8));
  }

  private void bytes(int column, byte[] value) {
    TextColumn texts = file.texts(column);
    if (value == null) {
      texts.addNull();
    } else {
      texts.add(value, 0, value.length);
    }
  }
}
