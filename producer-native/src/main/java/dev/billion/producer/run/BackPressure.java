// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.run;

import dev.billion.producer.pacing.NanoClock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/**
 * How long the sending had to wait for Kafka: for room in the producer's buffer, or, in a fleet,
 * for a commit while records were due. A call into Kafka that has not returned yet counts as
 * waiting until it tells how long it did wait. One thread at a time sends; any may ask.
 */
@Singleton
public class BackPressure {

  private static final long IDLE = Long.MIN_VALUE;

  private final NanoClock clock;
  private long waitedNanos;
  private long sinceNanos = IDLE;

  BackPressure(NanoClock clock, MeterRegistry registry) {
    this.clock = clock;
    Saturation saturation = new Saturation(clock.nanos());
    Gauge.builder("emitter.saturation.ratio", () -> saturation.at(clock.nanos(), waitedNanos()))
        .description("The part of the last ten seconds or more that sending waited for Kafka")
        .register(registry);
  }

  /** A call into Kafka begins, which may wait. */
  public synchronized void begin() {
    sinceNanos = clock.nanos();
  }

  /**
   * The call has returned.
   *
   * @param nanos how long it has waited; never more than it took
   */
  public synchronized void end(long nanos) {
    waitedNanos += Math.min(nanos, clock.nanos() - sinceNanos);
    sinceNanos = IDLE;
  }

  /** ns waited in all until now. */
  synchronized long waitedNanos() {
    return sinceNanos == IDLE ? waitedNanos : waitedNanos + clock.nanos() - sinceNanos;
  }
}
