// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

import java.util.Map;

/**
 * A topic to create.
 *
 * @param name its name
 * @param partitions how many, at least 1
 * @param config topic configurations, such as {@code cleanup.policy}
 */
public record Topic(String name, int partitions, Map<String, String> config) {

  /** A topic with the broker's defaults. */
  public static Topic of(String name, int partitions) {
    return new Topic(name, partitions, Map.of());
  }

  /**
   * @throws IllegalArgumentException if there is no partition
   */
  public Topic {
    if (partitions < 1) {
      throw new IllegalArgumentException("must be at least 1: partitions=" + partitions);
    }
    config = Map.copyOf(config);
  }
}
