// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

import dev.billion.sink.scan.ColumnScan;
import dev.billion.sink.scan.FlatScan;
import dev.billion.sink.scan.NumberScan;
import dev.billion.sink.scan.TextScan;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Reads what KPIs are made of from some files of events, block by block. For one thread. */
final class EventScan implements Closeable {

  final NumberScan time = new NumberScan("event_time");
  final NumberScan cents = new NumberScan("amount_cents");
  final NumberScan user = new NumberScan("user_id");
  final NumberScan ingest = new NumberScan("ingest_time");

  /** In the order in which a {@link KpiKey} has them. */
  final List<TextScan> texts =
      List.of(
          new TextScan("region"),
          new TextScan("category"),
          new TextScan("device"),
          new TextScan("event_type"),
          new TextScan("currency"));

  private final FlatScan scan;

  /**
   * @param paths the files' addresses
   */
  EventScan(List<String> paths, Configuration hadoop) {
    List<ColumnScan> columns = new ArrayList<>(List.of(time, cents, user, ingest));
    columns.addAll(texts);
    this.scan = new FlatScan(columns, paths.stream().map(Path::new).toList(), hadoop);
  }

  /** Goes on to the next block, if there is one. */
  boolean next() throws IOException {
    return scan.next();
  }

  /** How many events the block has. */
  int rows() {
    return scan.rows();
  }

  @Override
  public void close() throws IOException {
    scan.close();
  }
}
