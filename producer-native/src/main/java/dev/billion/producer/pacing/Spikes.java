// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.pacing;

/**
 * The rate, and a burst at the end of every period: {@code f(t) = k} where {@code t mod e >= e -
 * l}, else 1.
 *
 * @param every the period, {@code e}, s
 * @param length how long a burst lasts, {@code l}, s
 * @param factor what the rate is multiplied with in it, {@code k}
 */
record Spikes(double every, double length, double factor) implements Profile {

  Spikes {
    Settings.require(every > 0, "spikes", "every", every, "above 0");
    Settings.require(length > 0 && length < every, "spikes", "for", length, "above 0, below every");
    Settings.require(factor > 0, "spikes", "factor", factor, "above 0");
  }

  @Override
  public double factor(double seconds) {
    return seconds % every < quiet() ? 1 : factor;
  }

  @Override
  public double area(double seconds) {
    double within = seconds % every;
    double burst = Math.max(0, within - quiet());
    return Math.floor(seconds / every) * areaOfPeriod() + within + burst * (factor - 1);
  }

  @Override
  public double secondsTo(double area) {
    double periods = Math.floor(area / areaOfPeriod());
    double within = area - periods * areaOfPeriod();
    double burst = Math.max(0, within - quiet());
    return periods * every + (within - burst) + burst / factor;
  }

  private double quiet() {
    return every - length;
  }

  private double areaOfPeriod() {
    return quiet() + length * factor;
  }

  @Override
  public String toString() {
    return "spikes:every=%ss,for=%ss,factor=%s".formatted(every, length, factor);
  }
}
