// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

import java.io.Serializable;

/**
 * What is known of some of the events of a key.
 *
 * @param events how many they are
 * @param revenueCents the sum of their amounts
 * @param lastIngest the newest of their ingest times, in microseconds since 1970
 * @param users an HLL sketch of their users
 */
record KpiPart(long events, long revenueCents, long lastIngest, byte[] users)
    implements Serializable {}
