// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.run;

/**
 * Events of one shard that follow each other.
 *
 * @param first the sequence of the first
 * @param records how many, at least 1
 */
public record Slice(int shard, long first, int records) {

  /** The sequence after the last. */
  public long next() {
    return first + records;
  }
}
