// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.measure;

import dev.billion.bench.report.Figure;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of Kafka's ProducerPerformance: one an interval with the records of that interval, then
 * one for the whole run and, where there is a warm-up, one for what came after it.
 */
public final class PerfToolOutput implements Output {

  private static final Pattern INTERVAL =
      Pattern.compile("(\\d+) records sent, .* ms max latency\\.");
  private static final Pattern SUMMARY =
      Pattern.compile(
          "(\\d+)( steady state)? records sent, .* (\\d+) ms 50th, .* (\\d+) ms 99th,.*");

  private final Map<Figure, Double> figures = new EnumMap<>(Figure.class);
  private long sent;

  @Override
  public OptionalLong done(String line) {
    Matcher interval = INTERVAL.matcher(line);
    if (interval.matches()) {
      sent += Long.parseLong(interval.group(1));
      return OptionalLong.of(sent);
    }
    Matcher summary = SUMMARY.matcher(line);
    if (summary.matches()) {
      figures.put(Figure.LATENCY_P50, Double.valueOf(summary.group(3)));
      figures.put(Figure.LATENCY_P99, Double.valueOf(summary.group(4)));
      if (summary.group(2) == null) {
        return OptionalLong.of(Long.parseLong(summary.group(1)));
      }
    }
    return OptionalLong.empty();
  }

  @Override
  public Map<Figure, Double> figures() {
    return Map.copyOf(figures);
  }
}
