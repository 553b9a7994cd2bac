// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.pipeline;

import dev.billion.bench.report.Figure;
import java.util.EnumMap;
import java.util.Map;

/** How far a sink is behind while records are sent. For one thread. */
final class Lag {

  private static final double WARM_UP = 0.2;

  private final long records;
  private long max;
  private long steadyMax;
  private long end;
  private boolean sending = true;

  /**
   * @param records how many will be sent
   */
  Lag(long records) {
    this.records = records;
  }

  /**
   * Takes a reading.
   *
   * @param sent records so far
   * @param lag offsets that the sink has yet to commit
   */
  void read(long sent, long lag) {
    if (!sending) {
      return;
    }
    max = Math.max(max, lag);
    end = lag;
    if (sent >= records * WARM_UP) {
      steadyMax = Math.max(steadyMax, lag);
    }
    sending = sent < records;
  }

  /** The most, the most after the first fifth of the records, and when the last one was sent. */
  Map<Figure, Double> figures() {
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    figures.put(Figure.LAG_MAX, (double) max);
    figures.put(Figure.LAG_STEADY_MAX, (double) steadyMax);
    figures.put(Figure.LAG_END, (double) end);
    return figures;
  }
}
