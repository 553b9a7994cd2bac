// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

/**
 * What the records are.
 *
 * @param subject of the registry, whose latest schema a new table is made for; null for {@code
 *     UserEvent}
 * @param evolve what to do about fields that the table lacks
 */
public record SchemaSettings(String subject, Evolve evolve) {

  /** What happens when a record has fields that the table has no columns for. */
  public enum Evolve {
    /** The table gets the columns. */
    ADD,
    /** The fields are left out. */
    IGNORE,
    /** The sink ends before it commits the batch. */
    FAIL
  }
}
