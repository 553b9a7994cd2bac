// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

/**
 * What is known of some of the events of a key.
 *
 * @param events how many they are
 * @param revenueCents the sum of their amounts
 * @param lastIngest the newest of their ingest times, in microseconds since 1970
 * @param users about how many users, {@link #UNKNOWN} if they are still to be counted
 * @param userBytes an HLL sketch of the users, as small as it gets, or where their number is not
 *     known yet, what {@link Users#toBytes} made of them
 */
record KpiPart(long events, long revenueCents, long lastIngest, long users, byte[] userBytes) {

  static final long UNKNOWN = -1;

  /** A part that is not from the table. */
  static KpiPart fresh(long events, long revenueCents, long lastIngest, byte[] users) {
    return new KpiPart(events, revenueCents, lastIngest, UNKNOWN, users);
  }

  /** Whether the table can have it as it is. */
  boolean isWhole() {
    return users != UNKNOWN;
  }
}
