// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

/**
 * What is known of some of the events of a key.
 *
 * @param events how many they are
 * @param revenueCents the sum of their amounts
 * @param lastIngest the newest of their ingest times, in microseconds since 1970
 * @param users about how many users, {@link #UNKNOWN} if that is left to the sketch
 * @param sketch an HLL sketch of the users, where their number is known as small as it gets
 */
record KpiPart(long events, long revenueCents, long lastIngest, long users, byte[] sketch) {

  static final long UNKNOWN = -1;

  /** A part that is not from the table. */
  static KpiPart fresh(long events, long revenueCents, long lastIngest, byte[] sketch) {
    return new KpiPart(events, revenueCents, lastIngest, UNKNOWN, sketch);
  }

  /** Whether the table can have it as it is. */
  boolean isWhole() {
    return users != UNKNOWN;
  }
}
