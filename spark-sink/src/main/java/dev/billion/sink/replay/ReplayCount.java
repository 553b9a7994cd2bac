// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.replay;

import java.util.SortedMap;

/**
 * What was sent, or would be.
 *
 * @param byReason how many dead letters of each reason
 * @param before how many more were asked for that were sent before
 */
public record ReplayCount(SortedMap<String, Long> byReason, long before) {

  public long total() {
    return byReason.values().stream().mapToLong(Long::longValue).sum();
  }
}
