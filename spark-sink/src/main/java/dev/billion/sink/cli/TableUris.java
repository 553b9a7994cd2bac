// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.cli;

/** Where tables are by convention. */
final class TableUris {

  private TableUris() {}

  /** The table {@code dead_letters} in the directory that holds the events table. */
  static String deadLettersBeside(String table) {
    return beside(table, "dead_letters");
  }

  /** The table {@code kpi_minute} there. */
  static String kpisBeside(String table) {
    return beside(table, "kpi_minute");
  }

  /** The table {@code gaps} in the same directory. */
  static String gapsBeside(String table) {
    return beside(table, "gaps");
  }

  private static String beside(String table, String name) {
    String events = table.replaceAll("(?<=[^/:])/+$", "");
    return events.substring(0, events.lastIndexOf('/') + 1) + name;
  }
}
