// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.replay;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/** How far a replay is. For one thread. */
final class Sending {

  private final Map<Origin, Long> next;
  private final SortedMap<String, Long> byReason = new TreeMap<>();

  /**
   * @param next the first offset of each origin that was not sent before
   */
  Sending(Map<Origin, Long> next) {
    this.next = new HashMap<>(next);
  }

  /**
   * Takes rows by offset. One that is stored twice is taken once.
   *
   * @return whether the row is to be sent
   */
  boolean isNext(Row row) {
    Origin origin = Left.origin(row);
    if (Left.offset(row) < next(origin)) {
      return false;
    }
    next.put(origin, Left.offset(row) + 1);
    byReason.merge(origin.reason(), 1L, Long::sum);
    return true;
  }

  /** The first offset of an origin that was not sent yet. */
  long next(Origin origin) {
    return next.getOrDefault(origin, 0L);
  }

  SortedMap<String, Long> byReason() {
    return byReason;
  }

  long total() {
    return byReason.values().stream().mapToLong(Long::longValue).sum();
  }
}
