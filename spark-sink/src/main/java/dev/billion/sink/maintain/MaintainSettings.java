// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.maintain;

import java.time.Duration;
import java.util.List;

/**
 * How tables are kept in order.
 *
 * @param optimizeBefore how many days ago a partition's day has to be at least
 * @param quiet how long nothing may have been written into it
 * @param zorder the columns of the events table by which rows are to lie near each other, none for
 *     compaction only
 * @param retention how long files are kept that are no longer part of a table, or not yet
 */
public record MaintainSettings(
    int optimizeBefore, Duration quiet, List<String> zorder, Duration retention) {

  /** What readers of old versions and writers that take long are given, as is usual for Delta. */
  public static final Duration USUAL_RETENTION = Duration.ofDays(7);

  private static final Duration SHORTEST_RETENTION = Duration.ofHours(1);

  public MaintainSettings {
    zorder = List.copyOf(zorder);
    if (retention.compareTo(SHORTEST_RETENTION) < 0) {
      throw new IllegalArgumentException(
          "a retention of %d s would delete files that a running batch has not committed yet (valid: at least 1h, 7d unless disk is short)"
              .formatted(retention.toSeconds()));
    }
  }

  /** The retention in whole hours, as VACUUM takes it: no part of one less than was asked for. */
  long retentionHours() {
    return retention.plusHours(1).minusNanos(1).toHours();
  }
}
