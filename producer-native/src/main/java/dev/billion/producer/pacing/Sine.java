// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.pacing;

/**
 * Up and down around the rate, as days and nights do: {@code f(t) = 1 + a sin(2 pi t / p)}.
 *
 * @param period of one wave, {@code p}, s
 * @param amplitude share of the rate, {@code a}, 0 to 1
 */
record Sine(double period, double amplitude) implements Profile {

  Sine {
    Settings.require(period > 0, "sine", "period", period, "above 0");
    Settings.require(amplitude >= 0 && amplitude <= 1, "sine", "amplitude", amplitude, "0 to 1");
  }

  @Override
  public double factor(double seconds) {
    return 1 + amplitude * Math.sin(angle(seconds));
  }

  @Override
  public double area(double seconds) {
    return seconds + amplitude * period / (2 * Math.PI) * (1 - Math.cos(angle(seconds)));
  }

  /** By bisection: the area is never below the time, nor above it by more than a wave's hill. */
  @Override
  public double secondsTo(double area) {
    double low = Math.max(0, area - amplitude * period / Math.PI);
    double high = area;
    while (true) {
      double middle = (low + high) / 2;
      if (middle <= low || middle >= high) {
        return high;
      }
      if (area(middle) < area) {
        low = middle;
      } else {
        high = middle;
      }
    }
  }

  private double angle(double seconds) {
    return 2 * Math.PI * (seconds % period) / period;
  }

  @Override
  public String toString() {
    return "sine:period=%ss,amplitude=%s".formatted(period, amplitude);
  }
}
