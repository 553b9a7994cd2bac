// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.table;

import java.time.Instant;
import java.util.Optional;

/**
 * A data file of a table.
 *
 * @param bytes its size
 * @param records its rows
 * @param events the time of its events, where the log knows it
 */
public record DataFile(long bytes, long records, Optional<Span> events) {

  /** From the earliest to the latest. */
  public record Span(Instant earliest, Instant latest) {}
}
