// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

import dev.billion.sink.table.LoggedFile;
import dev.billion.sink.write.DataFile;
import java.util.List;

/**
 * What is to be done to a KPI table for some new events.
 *
 * @param touched what they are about
 * @param old the files that have rows of the same minutes
 * @param written the files that are to take their place, and are not part of the table yet
 */
record KpiChange(Touched touched, List<LoggedFile> old, List<DataFile> written) {

  /** How many rows were written. */
  long rows() {
    return written.stream().mapToLong(DataFile::rows).sum();
  }
}
