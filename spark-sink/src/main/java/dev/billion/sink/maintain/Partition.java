// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.maintain;

import dev.billion.sink.table.LoggedFile;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * The files of a day, or of a table that is not cut into days.
 *
 * @param column the column with the day, null in a table without partitions
 * @param day null in a table without partitions
 */
record Partition(String column, LocalDate day, List<LoggedFile> files) {

  /** Files below this are worth putting together. */
  static final long SMALL_BYTES = 64L << 20;

  /** Z-ordering writes all of a partition anew: only when this part of it is not in order. */
  private static final double WORTH_ORDERING = 0.1;

  /**
   * A partition by the values that its files share.
   *
   * @param values of at most one column, which is a date
   */
  static Partition of(Map<String, String> values, List<LoggedFile> files) {
    return values.entrySet().stream()
        .findFirst()
        .map(value -> new Partition(value.getKey(), LocalDate.parse(value.getValue()), files))
        .orElseGet(() -> new Partition(null, null, files));
  }

  /**
   * Whether its day is over for long enough, and nothing was written for a while. Into a table
   * without days something may be written at all times, so that for it there is nothing to wait
   * for.
   */
  boolean isClosed(LocalDate lastDay, Instant lastWrite) {
    return day == null
        || (!day.isAfter(lastDay)
            && files.stream().allMatch(file -> file.modified() <= lastWrite.toEpochMilli()));
  }

  long smallFiles() {
    return files.stream().filter(file -> file.bytes() < SMALL_BYTES).count();
  }

  boolean isWorthCompaction() {
    return smallFiles() > 1;
  }

  boolean isWorthOrdering() {
    return files.size() > 1
        && bytes(files.stream().filter(Partition::isAsWritten).toList())
            > WORTH_ORDERING * bytes(files);
  }

  private static long bytes(List<LoggedFile> files) {
    return files.stream().mapToLong(LoggedFile::bytes).sum();
  }

  /** Delta's own writer, which puts files in order, marks them by a number such as -c000. */
  private static boolean isAsWritten(LoggedFile file) {
    return !file.path().matches(".*-c\\d{3}\\.[^/]*");
  }
}
