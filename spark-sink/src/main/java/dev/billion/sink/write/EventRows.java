// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.billion.sink.decode.EventColumn;
import dev.billion.sink.decode.EventLayout;
import dev.billion.sink.decode.EventView;
import dev.billion.sink.parquet.Column;
import dev.billion.sink.parquet.FlatFile;
import dev.billion.sink.parquet.NumberColumn;
import dev.billion.sink.parquet.TextColumn;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Writes events into a file straight from the bytes of their records. For one thread. */
final class EventRows {

  private static final EventColumn[] COLUMNS = EventLayout.COLUMNS.toArray(EventColumn[]::new);
  private static final byte[][][] SYMBOLS = symbols();

  private final FlatFile file;
  private final long ingestMicros;
  private final NumberColumn[] numbers = new NumberColumn[COLUMNS.length];
  private final TextColumn[] texts = new TextColumn[COLUMNS.length];
  private final NumberColumn partition;
  private final NumberColumn offset;
  private final NumberColumn ingestTime;

  /**
   * @param ingestMicros when the batch began, in microseconds since 1970
   */
  EventRows(FlatFile file, long ingestMicros) {
    this.file = file;
    this.ingestMicros = ingestMicros;
    for (int i = 0; i < COLUMNS.length; i++) {
      switch (COLUMNS[i].kind()) {
        case NUMBER, TIMESTAMP -> numbers[i] = file.numbers(i);
        case SYMBOL, FIXED, TEXT -> texts[i] = file.texts(i);
      }
    }
    partition = file.numbers(COLUMNS.length);
    offset = file.numbers(COLUMNS.length + 1);
    ingestTime = file.numbers(COLUMNS.length + 2);
  }

  /** Adds a row: an event, and the record it came in. */
  void write(EventView event, ConsumerRecord<byte[], byte[]> record) throws IOException {
    for (int i = 0; i < COLUMNS.length; i++) {
      if (event.isNull(i)) {
        column(i).addNull();
      } else {
        write(event, i);
      }
    }
    partition.add(record.partition());
    offset.add(record.offset());
    ingestTime.add(ingestMicros);
    file.endRow();
  }

  private void write(EventView event, int column) {
    switch (COLUMNS[column].kind()) {
      case NUMBER, TIMESTAMP -> numbers[column].add(event.number(column));
      case SYMBOL -> {
        byte[] symbol = SYMBOLS[column][(int) event.number(column)];
        texts[column].add(symbol, 0, symbol.length);
      }
      case FIXED, TEXT ->
          texts[column].add(event.source(column), event.start(column), event.length(column));
    }
  }

  private Column column(int column) {
    return numbers[column] == null ? texts[column] : numbers[column];
  }

  private static byte[][][] symbols() {
    byte[][][] symbols = new byte[COLUMNS.length][][];
    for (int i = 0; i < COLUMNS.length; i++) {
      symbols[i] =
          COLUMNS[i].symbols().stream()
              .map(symbol -> symbol.getBytes(UTF_8))
              .toArray(byte[][]::new);
    }
    return symbols;
  }
}
