// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.pacing;

/**
 * From a share of the rate up, or down, to all of it: {@code f(t) = p + (1 - p) t / d} for {@code t
 * < d}, then 1.
 *
 * @param over how long it takes, {@code d}, s
 * @param from the factor it begins with, {@code p}
 */
record Ramp(double over, double from) implements Profile {

  Ramp {
    Settings.require(over > 0, "ramp", "over", over, "above 0");
    Settings.require(from >= 0, "ramp", "from", from, "0 or more");
  }

  @Override
  public double factor(double seconds) {
    return seconds < over ? from + slope() * seconds : 1;
  }

  @Override
  public double area(double seconds) {
    double ramped = Math.min(seconds, over);
    return ramped * (from + slope() * ramped / 2) + (seconds - ramped);
  }

  @Override
  public double secondsTo(double area) {
    double ramped = area(over);
    if (area >= ramped) {
      return over + (area - ramped);
    }
    if (area <= 0) {
      return 0;
    }
    // the root of slope/2 t^2 + from t - area = 0, in the form that does not cancel out
    return 2 * area / (from + Math.sqrt(from * from + 2 * slope() * area));
  }

  private double slope() {
    return (1 - from) / over;
  }

  @Override
  public String toString() {
    return "ramp:over=%ss,from=%s".formatted(over, from);
  }
}
