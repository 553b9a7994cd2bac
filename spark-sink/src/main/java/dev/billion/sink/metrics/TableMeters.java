// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.metrics;

import dev.billion.sink.write.DataFile;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** What was added to a table. */
final class TableMeters {

  private final Counter rows;
  private final Counter files;
  private final Counter bytes;

  TableMeters(MeterRegistry registry, String table) {
    rows = counter(registry, table, "rows", "Rows committed.");
    files = counter(registry, table, "files", "Data files committed.");
    bytes = counter(registry, table, "bytes", "Size of the data files committed.");
  }

  void add(List<DataFile> added) {
    files.increment(added.size());
    for (DataFile file : added) {
      rows.increment(file.rows());
      bytes.increment(file.bytes());
    }
  }

  private static Counter counter(
      MeterRegistry registry, String table, String unit, String description) {
    return Counter.builder("sink.committed." + unit)
        .description(description)
        .tag("table", table)
        .register(registry);
  }
}
