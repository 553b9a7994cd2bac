// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.run;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** Emissions for tests of what is around them. */
public final class Emissions {

  private Emissions() {}

  /** One that has not begun, on this machine's clock. */
  public static Emission fresh() {
    return new Emission(System::nanoTime, new Meters(new SimpleMeterRegistry()));
  }

  public static BackPressure backPressure() {
    return new BackPressure(System::nanoTime, new SimpleMeterRegistry());
  }
}
