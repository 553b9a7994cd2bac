// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.fleet;

/** How often a {@code read_committed} reader finds each event of a run, whatever has crashed. */
public enum Guarantee {
  /** Once: events and sequences are committed in one Kafka transaction (KIP-98, KIP-447). */
  EXACTLY_ONCE,
  /** Once or more: sequences are committed after the events have arrived. */
  AT_LEAST_ONCE
}
