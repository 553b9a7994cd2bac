// SPDX-License-Identifier: Apache-2.0
package dev.billion.schemas;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers and times as people write them: {@code 10M}, {@code 277_778}, {@code 1.5k}, {@code 5m}.
 */
public final class Quantity {

  private static final Pattern NUMBER = Pattern.compile("(\\d[\\d_]*(?:\\.\\d+)?)\\s*([kKMGB]?)");
  private static final Map<String, Long> MULTIPLES =
      Map.of(
          "",
          1L,
          "k",
          1_000L,
          "K",
          1_000L,
          "M",
          1_000_000L,
          "G",
          1_000_000_000L,
          "B",
          1_000_000_000L);

  private static final Pattern TIME = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(ms|s|m|h|d)");
  private static final Map<String, Long> MILLIS =
      Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

  private Quantity() {}

  /**
   * A count with an optional suffix k (thousand), M (million), G or B (billion).
   *
   * @throws IllegalArgumentException if it is not one, or not whole
   */
  public static long count(String text) {
    Matcher matcher = NUMBER.matcher(text.strip());
    if (matcher.matches()) {
      try {
        return new BigDecimal(matcher.group(1).replace("_", ""))
            .multiply(BigDecimal.valueOf(MULTIPLES.get(matcher.group(2))))
            .longValueExact();
      } catch (ArithmeticException e) {
        // not whole, or too large: refused below
      }
    }
    throw new IllegalArgumentException(
        "not a count: '%s' (valid: a whole number such as 1000000, 50k, 10M, 1B)".formatted(text));
  }

  /**
   * A time with its unit: ms, s, m, h or d.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static Duration time(String text) {
    Matcher matcher = TIME.matcher(text.strip());
    if (matcher.matches()) {
      try {
        return Duration.ofMillis(
            new BigDecimal(matcher.group(1))
                .multiply(BigDecimal.valueOf(MILLIS.get(matcher.group(2))))
                .longValueExact());
      } catch (ArithmeticException e) {
        // less than a millisecond, or too large: refused below
      }
    }
    throw new IllegalArgumentException(
        "not a time: '%s' (valid: a number with a unit such as 500ms, 30s, 5m, 2h)"
            .formatted(text));
  }

  /** A count for people: {@code 999}, {@code 277.8k}, {@code 20.0M}. */
  public static String format(double count) {
    if (count < 1_000) {
      return String.format(Locale.ROOT, "%.0f", count);
    }
    if (count < 999_950) {
      return String.format(Locale.ROOT, "%.1fk", count / 1e3);
    }
    if (count < 999_950_000) {
      return String.format(Locale.ROOT, "%.1fM", count / 1e6);
    }
    return String.format(Locale.ROOT, "%.2fB", count / 1e9);
  }
}
