// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.pacing;

import dev.billion.schemas.Quantity;

/**
 * How many records a second are wanted.
 *
 * @param perSecond records/s, {@link Double#POSITIVE_INFINITY} for as many as back-pressure allows
 */
public record Rate(double perSecond) {

  public static final Rate MAX = new Rate(Double.POSITIVE_INFINITY);

  /**
   * @throws IllegalArgumentException if it is not above zero
   */
  public Rate {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("must be above 0: rate=" + perSecond);
    }
  }

  /**
   * A rate as people write it: {@code max}, or records/s such as {@code 50k}.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static Rate parse(String text) {
    if ("max".equalsIgnoreCase(text.strip())) {
      return MAX;
    }
    try {
      return new Rate(Quantity.count(text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "not a rate: '%s' (valid: 'max', or records/s above 0 such as 500, 50k, 277_778)"
              .formatted(text),
          e);
    }
  }

  /** What {@link #parse} reads. */
  @Override
  public String toString() {
    return isMax() ? "max" : Long.toString(Math.round(perSecond));
  }

  public boolean isMax() {
    return perSecond == Double.POSITIVE_INFINITY;
  }
}
