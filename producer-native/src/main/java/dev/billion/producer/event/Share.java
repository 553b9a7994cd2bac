// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.event;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a run's events, written in percent: {@code 1%}, {@code 0.01%}.
 *
 * @param billionths 0 to 1,000,000,000
 */
public record Share(int billionths) {

  public static final Share NONE = new Share(0);

  private static final int WHOLE = 1_000_000_000;
  private static final int DIGITS = 7; // of a percentage, behind its point
  private static final Pattern PERCENT = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*%");

  /**
   * @throws IllegalArgumentException if it is not a part
   */
  public Share {
    if (billionths < 0 || billionths > WHOLE) {
      throw new IllegalArgumentException(
          "must be from 0 to %d: billionths=%d".formatted(WHOLE, billionths));
    }
  }

  /**
   * A share from its percentage.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static Share parse(String text) {
    Matcher matcher = PERCENT.matcher(text.strip());
    if (matcher.matches()) {
      try {
        return new Share(new BigDecimal(matcher.group(1)).movePointRight(DIGITS).intValueExact());
      } catch (ArithmeticException | IllegalArgumentException e) {
        // finer than a billionth, or more than all: refused below
      }
    }
    throw new IllegalArgumentException(
        "not a share: '%s' (valid: 0%% to 100%%, such as 1%% or 0.01%%)".formatted(text));
  }

  public boolean isNone() {
    return billionths == 0;
  }

  /** Whether 32 bits of {@code random}, the upper ones, fall into this share. */
  boolean takes(long random) {
    return (random >>> 32) * WHOLE >>> 32 < billionths;
  }

  /** Into which of equal parts event {@code index} falls, where each holds one event to pick. */
  long part(long index) {
    return index / WHOLE * billionths + index % WHOLE * billionths / WHOLE;
  }

  /** The first event of a part. */
  long firstOf(long part) {
    long rest = part % billionths * WHOLE;
    return part / billionths * WHOLE + (rest + billionths - 1) / billionths;
  }

  @Override
  public String toString() {
    return BigDecimal.valueOf(billionths, DIGITS).stripTrailingZeros().toPlainString() + "%";
  }
}
