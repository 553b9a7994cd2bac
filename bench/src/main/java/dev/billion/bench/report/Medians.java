// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.report;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Many rounds as one row. */
public final class Medians {

  private Medians() {}

  /**
   * The median of each figure over the rounds that have it, the slowest and the fastest round, and
   * the notes of all.
   *
   * @param rounds of one contender, at least one
   */
  public static Row of(List<Row> rounds) {
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    for (Figure figure : Figure.values()) {
      double[] values = values(rounds, figure);
      if (values.length > 0) {
        figures.put(figure, median(values));
      }
    }
    double[] rates = values(rounds, Figure.RECORDS_PER_SECOND);
    if (rates.length > 0) {
      figures.put(Figure.SLOWEST_RECORDS_PER_SECOND, rates[0]);
      figures.put(Figure.FASTEST_RECORDS_PER_SECOND, rates[rates.length - 1]);
    }
    return new Row(
        rounds.get(0).name(),
        rounds.stream().allMatch(Row::steady),
        figures,
        rounds.stream().flatMap(round -> round.notes().stream()).distinct().toList());
  }

  private static double[] values(List<Row> rounds, Figure figure) {
    return rounds.stream()
        .map(round -> round.figures().get(figure))
        .filter(Objects::nonNull)
        .mapToDouble(Double::doubleValue)
        .sorted()
        .toArray();
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
