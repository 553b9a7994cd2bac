// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

/**
 * What was committed.
 *
 * @param batches batches
 * @param events rows of the events table
 * @param deadLetters rows of the dead-letter table
 * @param lost offsets that were gone from Kafka
 */
public record BatchCount(long batches, long events, long deadLetters, long lost) {

  static final BatchCount NONE = new BatchCount(0, 0, 0, 0);

  BatchCount plus(BatchCount other) {
    return new BatchCount(
        batches + other.batches,
        events + other.events,
        deadLetters + other.deadLetters,
        lost + other.lost);
  }
}
