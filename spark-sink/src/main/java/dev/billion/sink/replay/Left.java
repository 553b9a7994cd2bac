// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.replay;

import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;

/**
 * Which rows of a dead-letter table are to be sent.
 *
 * @param reasons those of these reasons, all if there are none
 * @param partitions those of these partitions of the topic they came from, all if there are none
 * @param next the first offset of each origin that was not sent before
 */
record Left(Set<String> reasons, Set<Integer> partitions, Map<Origin, Long> next)
    implements Serializable {

  /** What it reads of a row, in this order. */
  static final String[] COLUMNS = {"topic", "partition", "offset", "reason", "value"};

  static Origin origin(Row row) {
    return new Origin(row.getString(0), row.getInt(1), row.getString(3));
  }

  static long offset(Row row) {
    return row.getLong(2);
  }

  static byte[] value(Row row) {
    return row.isNullAt(4) ? null : (byte[]) row.get(4);
  }

  boolean isWanted(Row row) {
    Origin origin = origin(row);
    return (reasons.isEmpty() || reasons.contains(origin.reason()))
        && (partitions.isEmpty() || partitions.contains(origin.partition()));
  }

  boolean isLeft(Row row) {
    return isWanted(row) && offset(row) >= next.getOrDefault(origin(row), 0L);
  }
}
