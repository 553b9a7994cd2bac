// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.billion.sink.decode.EventColumn;
import dev.billion.sink.decode.EventColumn.Kind;
import dev.billion.sink.decode.EventLayout;
import dev.billion.sink.decode.EventView;
import dev.billion.sink.parquet.Column;
import dev.billion.sink.parquet.FlatFile;
import dev.billion.sink.parquet.NumberColumn;
import dev.billion.sink.parquet.TextColumn;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.spark.sql.types.DecimalType;

/** Writes events into a file straight from the bytes of their records. For one thread. */
final class EventRows implements EventFile {

  private final NewFile data;
  private final FlatFile file;
  private final long ingestMicros;
  private final EventColumn[] columns;
  private final byte[][][] symbols;
  private final NumberColumn[] numbers;
  private final TextColumn[] texts;
  private final NumberColumn partition;
  private final NumberColumn offset;
  private final NumberColumn ingestTime;

  /**
   * @param ingestMicros when the batch began, in microseconds since 1970
   */
  EventRows(NewFile data, EventLayout layout, long ingestMicros) {
    this.data = data;
    this.file = data.content();
    this.ingestMicros = ingestMicros;
    columns = layout.columns().toArray(EventColumn[]::new);
    symbols = layout.columns().stream().map(EventRows::symbols).toArray(byte[][][]::new);
    numbers = new NumberColumn[columns.length];
    texts = new TextColumn[columns.length];
    for (int i = 0; i < columns.length; i++) {
      if (isNumber(columns[i])) {
        numbers[i] = file.numbers(i);
      } else {
        texts[i] = file.texts(i);
      }
    }
    partition = file.numbers(columns.length);
    offset = file.numbers(columns.length + 1);
    ingestTime = file.numbers(columns.length + 2);
  }

  /** Whether all columns are plain enough: whole numbers, times, texts and bytes. */
  static boolean canWrite(EventLayout layout) {
    return layout.columns().stream().allMatch(column -> isNumber(column) || isText(column));
  }

  private static boolean isNumber(EventColumn column) {
    return column.kind() == Kind.LONG || column.kind() == Kind.INT;
  }

  private static boolean isText(EventColumn column) {
    return column.kind() == Kind.SYMBOL
        || column.kind() == Kind.BYTES && !(column.type() instanceof DecimalType);
  }

  @Override
  public void write(EventView event, ConsumerRecord<byte[], byte[]> record) throws IOException {
    for (int i = 0; i < columns.length; i++) {
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

  @Override
  public DataFile close() throws IOException {
    return data.close();
  }

  @Override
  public void discard() {
    data.discard();
  }

  private void write(EventView event, int column) {
    switch (columns[column].kind()) {
      case LONG, INT -> numbers[column].add(event.number(column));
      case SYMBOL -> {
        byte[] symbol = symbols[column][(int) event.number(column)];
        texts[column].add(symbol, 0, symbol.length);
      }
      default -> texts[column].add(event.source(column), event.start(column), event.length(column));
    }
  }

  private Column column(int column) {
    return numbers[column] == null ? texts[column] : numbers[column];
  }

  private static byte[][] symbols(EventColumn column) {
    return column.symbols().stream().map(symbol -> symbol.getBytes(UTF_8)).toArray(byte[][]::new);
  }
}
