// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

/** The parts of a batch that take time, in order. */
public enum Phase {
  /** Spark asks the brokers how far the topic is, and decides which offsets the batch has. */
  PLAN,
  /** Records are read, decoded and written into files. */
  WRITE,
  /** The dead letters' files become part of their table. */
  DEAD_LETTERS,
  /** The events' files become part of theirs. */
  EVENTS,
  /** Spark writes to the checkpoint, before the batch and after it. */
  CHECKPOINT
}
