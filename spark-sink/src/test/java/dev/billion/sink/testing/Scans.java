// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.testing;

import dev.billion.sink.scan.ColumnScan;
import dev.billion.sink.scan.FlatScan;
import dev.billion.sink.scan.TextScan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.io.api.Binary;

/** Whole files through a {@link FlatScan}. */
public final class Scans {

  private Scans() {}

  /**
   * All rows of some files.
   *
   * @param row makes a row of the columns' values at a position in their block
   */
  public static <R> List<R> rows(List<ColumnScan> columns, IntFunction<R> row, Path... paths)
      throws IOException {
    List<R> rows = new ArrayList<>();
    try (FlatScan scan = new FlatScan(columns, List.of(paths), new Configuration())) {
      while (scan.next()) {
        for (int i = 0; i < scan.rows(); i++) {
          rows.add(row.apply(i));
        }
      }
    }
    return rows;
  }

  /** The text at a position in the block, null if there is none. */
  public static String text(TextScan column, int row) {
    Binary text = column.texts()[column.entries()[row]];
    return text == null ? null : text.toStringUsingUTF8();
  }
}
