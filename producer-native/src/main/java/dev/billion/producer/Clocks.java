// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer;

import dev.billion.producer.pacing.NanoClock;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The real clocks. */
final class Clocks {

  private Clocks() {}

  @Produces
  @Singleton
  static NanoClock nanoClock() {
    return System::nanoTime;
  }

  @Produces
  @Singleton
  static Clock clock() {
    return Clock.systemUTC();
  }
}
