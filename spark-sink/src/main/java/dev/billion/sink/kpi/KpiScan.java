// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

import dev.billion.sink.scan.ColumnScan;
import dev.billion.sink.scan.FlatScan;
import dev.billion.sink.scan.NumberScan;
import dev.billion.sink.scan.TextScan;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.io.api.Binary;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Tuple2;

/** The rows of some files of a KPI table, as they come. For one thread. */
final class KpiScan implements Iterator<Tuple2<KpiKey, KpiPart>>, Closeable {

  private final NumberScan minute = new NumberScan("minute");
  private final TextScan region = new TextScan("region");
  private final TextScan category = new TextScan("category");
  private final TextScan device = new TextScan("device");
  private final TextScan eventType = new TextScan("event_type");
  private final TextScan currency = new TextScan("currency");
  private final NumberScan events = new NumberScan("events");
  private final NumberScan revenueCents = new NumberScan("revenue_cents");
  private final NumberScan users = new NumberScan("users");
  private final TextScan sketch = new TextScan("users_sketch");
  private final NumberScan lastIngest = new NumberScan("last_ingest_time");
  private final FlatScan scan;
  private int next;
  private int rows; // of the block

  /**
   * @param paths the files' addresses
   */
  KpiScan(List<String> paths, Configuration hadoop) {
    List<ColumnScan> columns =
        List.of(
            minute,
            region,
            category,
            device,
            eventType,
            currency,
            events,
            revenueCents,
            users,
            sketch,
            lastIngest);
    scan = new FlatScan(columns, paths.stream().map(Path::new).toList(), hadoop);
  }

  @Override
  public boolean hasNext() {
    if (next == rows) {
      next = 0;
      rows = rowsOfNextBlock();
    }
    return next < rows;
  }

  @Override
  public Tuple2<KpiKey, KpiPart> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    int row = next++;
    return new Tuple2<>(
        new KpiKey(
            minute.values()[row],
            text(region, row),
            text(category, row),
            text(device, row),
            text(eventType, row),
            text(currency, row)),
        new KpiPart(
            events.values()[row],
            revenueCents.values()[row],
            lastIngest.values()[row],
            users.values()[row],
            sketch.texts()[sketch.entries()[row]].getBytes()));
  }

  @Override
  public void close() throws IOException {
    scan.close();
  }

  private int rowsOfNextBlock() {
    try {
      return scan.next() ? scan.rows() : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static UTF8String text(TextScan column, int row) {
    Binary text = column.texts()[column.entries()[row]];
    return text == null ? null : UTF8String.fromBytes(text.getBytes());
  }
}
