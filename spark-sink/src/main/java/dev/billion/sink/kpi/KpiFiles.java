// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

import dev.billion.sink.write.DataFile;
import dev.billion.sink.write.NewFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/**
 * The files that a task writes KPIs into, one after another. A minute is in one file only, so that
 * a late event costs the rewriting of one. For one thread.
 */
final class KpiFiles {

  private static final long MICROS_OF_DAY = 86_400_000_000L;

  /** So many make a file large enough for the next minute to get a new one. */
  private static final int ROWS_OF_FILE = 4_096;

  private final String table;
  private final Configuration hadoop;
  private final List<DataFile> closed = new ArrayList<>();
  private NewFile file;
  private KpiRows writer;
  private int day;
  private int rows;

  /**
   * @param table the table's address
   */
  KpiFiles(String table, Configuration hadoop) {
    this.table = table;
    this.hadoop = hadoop;
  }

  /** Adds a minute, later than those before. */
  void write(long minute, Map<KpiKey, KpiSum> sums) throws IOException {
    int minuteDay = (int) Math.floorDiv(minute, MICROS_OF_DAY);
    if (file != null && (rows >= ROWS_OF_FILE || minuteDay != day)) {
      closed.add(file.close());
      file = null;
    }
    if (file == null) {
      file = NewFile.open(table, minuteDay, KpiLayout.KPI_MINUTE, hadoop);
      writer = new KpiRows(file.content());
      day = minuteDay;
      rows = 0;
    }
    for (Map.Entry<KpiKey, KpiSum> sum : sums.entrySet()) {
      writer.write(sum.getKey(), sum.getValue().total());
    }
    rows += sums.size();
  }

  /** Closes the last file and tells of all. */
  List<DataFile> close() throws IOException {
    if (file != null) {
      closed.add(file.close());
      file = null;
    }
    return closed;
  }

  /** Gives up what is not closed yet, as far as that is possible. */
  void discard() {
    if (file != null) {
      file.discard();
    }
  }
}
