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

  /** Texts behind other bytes, as in records, are told apart the fastest: symbols get some. */
  private static final String BEFORE = "\0".repeat(16);

  private final NewFile data;
  private final FlatFile file;
  private final long ingestMicros;
  private final Column[] columns;
  private final NumberColumn[] numbers; // null where it is none
  private final TextColumn[] texts; // null where it is none
  private final byte[][][] symbols; // null where it has none
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
    int count = layout.columns().size();
    columns = new Column[count];
    numbers = new NumberColumn[count];
    texts = new TextColumn[count];
    symbols = new byte[count][][];
    for (int i = 0; i < count; i++) {
      EventColumn column = layout.columns().get(i);
      if (isNumber(column)) {
        columns[i] = numbers[i] = file.numbers(i);
      } else {
        columns[i] = texts[i] = file.texts(i);
        symbols[i] = column.kind() == Kind.SYMBOL ? symbols(column) : null;
      }
    }
    partition = file.numbers(count);
    offset = file.numbers(count + 1);
    ingestTime = file.numbers(count + 2);
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
        columns[i].addNull();
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
    if (numbers[column] != null) {
      numbers[column].add(event.number(column));
    } else if (symbols[column] != null) {
      byte[] symbol = symbols[column][(int) event.number(column)];
      texts[column].add(symbol, BEFORE.length(), symbol.length - BEFORE.length());
    } else {
      texts[column].add(event.source(column), event.start(column), event.length(column));
    }
  }

  private static byte[][] symbols(EventColumn column) {
    return column.symbols().stream()
        .map(symbol -> (BEFORE + symbol).getBytes(UTF_8))
        .toArray(byte[][]::new);
  }
}
