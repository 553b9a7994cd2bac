// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.table;

import dev.billion.bench.report.Figure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How long events took from when they were due to when they were committed. The log tells of each
 * file when its earliest and its latest event were due, and how many it has. Events that are sent
 * evenly lie evenly in between; that none was due before the earliest is certain.
 */
public final class CommitDelays {

  /** Into how many equal parts the time of a file's events is cut. */
  private static final int PARTS = 100;

  private record Part(double millis, double records) {}

  private final List<Part> even = new ArrayList<>();
  private final List<Part> atMost = new ArrayList<>();

  /**
   * Delays of the files whose events are all of a time or later.
   *
   * @param from that time
   * @param dueAfter how long after its event time a record is due
   */
  public CommitDelays(DeltaLog log, Instant from, Duration dueAfter) {
    for (Commit commit : log.commits()) {
      for (DataFile file : commit.files()) {
        file.events()
            .filter(span -> !span.earliest().isBefore(from))
            .ifPresent(span -> add(commit.written().minus(dueAfter), span, file.records()));
      }
    }
  }

  private void add(Instant written, DataFile.Span span, long records) {
    double longest = millis(span.earliest(), written);
    double shortest = millis(span.latest(), written);
    atMost.add(new Part(longest, records));
    for (int part = 0; part < PARTS; part++) {
      double share = (part + 0.5) / PARTS;
      even.add(new Part(shortest + share * (longest - shortest), (double) records / PARTS));
    }
  }

  /** None where the log does not know the time of events. */
  public Map<Figure, Double> figures() {
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    if (!even.isEmpty()) {
      figures.put(Figure.COMMIT_DELAY_P50, quantile(even, 0.5));
      figures.put(Figure.COMMIT_DELAY_P99, quantile(even, 0.99));
      figures.put(Figure.COMMIT_DELAY_P99_BOUND, quantile(atMost, 0.99));
      figures.put(Figure.COMMIT_DELAY_MAX, quantile(atMost, 1));
    }
    return figures;
  }

  private static double quantile(List<Part> parts, double share) {
    List<Part> sorted = parts.stream().sorted(Comparator.comparing(Part::millis)).toList();
    double needed = share * parts.stream().mapToDouble(Part::records).sum();
    double seen = 0;
    for (Part part : sorted) {
      seen += part.records();
      if (seen >= needed) {
        return part.millis();
      }
    }
    return sorted.get(sorted.size() - 1).millis();
  }

  private static double millis(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e6;
  }
}
