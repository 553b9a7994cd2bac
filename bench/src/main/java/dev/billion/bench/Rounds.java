// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench;

import dev.billion.bench.report.Figure;
import dev.billion.bench.report.Medians;
import dev.billion.bench.report.Row;
import dev.billion.schemas.Quantity;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All contenders in turn, again and again, so that what the machine does meanwhile falls on all of
 * them.
 *
 * @param rounds how often
 * @param notes is told how it goes
 */
record Rounds(int rounds, PrintStream notes) {

  /** Lets a contender run once. */
  interface Run<C> {
    Row of(C contender, int round) throws InterruptedException;
  }

  /** The medians of each. */
  <C> List<Row> run(List<C> contenders, Run<C> run) throws InterruptedException {
    Map<String, List<Row>> rows = new LinkedHashMap<>();
    for (int round = 1; round <= rounds; round++) {
      for (C contender : contenders) {
        Row row = run.of(contender, round);
        rows.computeIfAbsent(row.name(), name -> new ArrayList<>()).add(row);
        note(round, row);
      }
    }
    return rows.values().stream().map(Medians::of).toList();
  }

  private void note(int round, Row row) {
    notes.printf(
        "round %d of %d: %s %s records/s%s%n",
        round,
        rounds,
        row.name(),
        Quantity.format(row.figures().get(Figure.RECORDS_PER_SECOND)),
        row.steady() ? "" : ", its start included: too few records for a steady part");
  }
}
