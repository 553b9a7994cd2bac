// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.report;

import java.util.List;
import java.util.Map;

/**
 * What was measured of one contender.
 *
 * @param name the contender
 * @param steady whether a steady part was measured; else its start is included
 * @param figures what could be measured; what could not is missing
 * @param notes what else is worth knowing
 */
public record Row(String name, boolean steady, Map<Figure, Double> figures, List<String> notes) {

  public Row {
    figures = Map.copyOf(figures);
    notes = List.copyOf(notes);
  }

  /** A row without notes. */
  public Row(String name, boolean steady, Map<Figure, Double> figures) {
    this(name, steady, figures, List.of());
  }
}
