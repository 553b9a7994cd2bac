// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.pacing;

/** Always the same: {@code f(t) = 1}. */
record Constant() implements Profile {

  @Override
  public double factor(double seconds) {
    return 1;
  }

  @Override
  public double area(double seconds) {
    return seconds;
  }

  @Override
  public double secondsTo(double area) {
    return area;
  }

  @Override
  public String toString() {
    return "constant";
  }
}
