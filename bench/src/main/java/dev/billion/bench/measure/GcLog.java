// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.measure;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The collections of a process, as {@code -Xlog:gc} of a JVM and {@code -XX:+PrintGC} of a native
 * program print them. What lies on the heap before a collection beyond what the one before it left
 * there was allocated in between.
 */
final class GcLog {

  private static final Pattern PAUSE =
      Pattern.compile(
          "^\\[(\\d+\\.\\d+)s\\].*GC\\(\\d+\\) .* (\\d+(?:\\.\\d+)?)([BKMG])->(\\d+(?:\\.\\d+)?)([BKMG])\\b.*");
  private static final Map<String, Double> UNITS =
      Map.of("B", 1.0, "K", 0x1p10, "M", 0x1p20, "G", 0x1p30);

  private record Pause(double uptime, double before, double after) {}

  private final List<Pause> pauses;

  private GcLog(List<Pause> pauses) {
    this.pauses = pauses;
  }

  static GcLog parse(Stream<String> lines) {
    return new GcLog(lines.map(GcLog::pause).filter(Objects::nonNull).toList());
  }

  /**
   * Bytes a second between the first and the last collection of a time; empty where it has fewer
   * than two.
   *
   * @param from seconds after the start of the process
   * @param to seconds after the start of the process
   */
  OptionalDouble allocatedPerSecond(double from, double to) {
    List<Pause> within =
        pauses.stream().filter(pause -> pause.uptime >= from && pause.uptime <= to).toList();
    if (within.size() < 2) {
      return OptionalDouble.empty();
    }
    double bytes = 0;
    for (int i = 1; i < within.size(); i++) {
      bytes += within.get(i).before - within.get(i - 1).after;
    }
    return OptionalDouble.of(bytes / (within.get(within.size() - 1).uptime - within.get(0).uptime));
  }

  private static Pause pause(String line) {
    Matcher matcher = PAUSE.matcher(line);
    return matcher.matches()
        ? new Pause(
            Double.parseDouble(matcher.group(1)),
            Double.parseDouble(matcher.group(2)) * UNITS.get(matcher.group(3)),
            Double.parseDouble(matcher.group(4)) * UNITS.get(matcher.group(5)))
        : null;
  }
}
