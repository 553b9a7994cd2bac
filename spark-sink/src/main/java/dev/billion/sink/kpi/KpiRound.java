// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

/**
 * What one update did.
 *
 * @param version the version of the events table that the KPIs are now of
 * @param events how many events were added
 * @param minutes how many minutes they are in
 * @param rows how many rows of the KPI table were written
 */
public record KpiRound(long version, long events, int minutes, long rows) {

  static KpiRound nothingNew(long version) {
    return new KpiRound(version, 0, 0, 0);
  }
}
