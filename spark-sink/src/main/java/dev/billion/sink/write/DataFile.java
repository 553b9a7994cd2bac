// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.write;

import java.io.Serializable;
import java.util.Map;

/**
 * A data file that is written but not yet part of its table.
 *
 * @param path its address
 * @param day the day of its partition, in days since 1970, null in a table without partitions
 * @param bytes its size
 * @param rows how many it has
 * @param modified when it was closed, in ms since 1970
 * @param statistics for the columns that the table keeps them for
 */
public record DataFile(
    String path, Integer day, long bytes, long rows, long modified, Map<String, Range> statistics)
    implements Serializable {

  public DataFile {
    statistics = Map.copyOf(statistics);
  }

  /**
   * The values of a column of numbers or times.
   *
   * @param min the smallest, null if there is none
   * @param max the largest, null if there is none
   * @param nulls how many rows have none
   */
  public record Range(Long min, Long max, long nulls) implements Serializable {

    /** Both together. */
    Range and(Range other) {
      if (min == null || other.min == null) {
        Range known = min == null ? other : this;
        return new Range(known.min, known.max, nulls + other.nulls);
      }
      return new Range(Math.min(min, other.min), Math.max(max, other.max), nulls + other.nulls);
    }
  }
}
