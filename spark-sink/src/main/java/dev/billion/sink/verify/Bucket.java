// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.verify;

import java.io.Serial;
import java.io.Serializable;

/**
 * Which of 32,768 neighbouring sequences are there, one bit each: 4 KiB however often each occurs,
 * so that a billion ids become 122 MiB to merge instead of a billion rows to shuffle.
 */
final class Bucket implements Serializable {

  static final int SEQUENCES = 32_768;

  @Serial private static final long serialVersionUID = 1L;

  private long rows;
  private long[] events;
  private long[] deadLetters;

  void addEvent(long sequence) {
    rows++;
    events = events == null ? new long[Bits.WORDS] : events;
    Bits.add(events, position(sequence));
  }

  void addDeadLetter(long sequence) {
    deadLetters = deadLetters == null ? new long[Bits.WORDS] : deadLetters;
    Bits.add(deadLetters, position(sequence));
  }

  /** A row whose id is of no sequence. */
  void addUnidentified() {
    rows++;
  }

  /** Adds another bucket of the same key to this one. */
  Bucket merge(Bucket other) {
    rows += other.rows;
    events = union(events, other.events);
    deadLetters = union(deadLetters, other.deadLetters);
    return this;
  }

  /** Rows of the events table, repeated ids included. */
  long rows() {
    return rows;
  }

  /** The sequences of events. */
  long[] events() {
    return events == null ? new long[Bits.WORDS] : events;
  }

  /** The sequences that occur among dead letters only. */
  long[] deadLettersOnly() {
    return deadLetters == null ? new long[Bits.WORDS] : Bits.without(deadLetters, events());
  }

  boolean hasEvents() {
    return events != null;
  }

  boolean hasDeadLetters() {
    return deadLetters != null;
  }

  private static int position(long sequence) {
    return (int) (sequence % SEQUENCES);
  }

  private static long[] union(long[] one, long[] other) {
    if (one == null) {
      return other;
    }
    if (other != null) {
      Bits.addAll(one, other);
    }
    return one;
  }
}
