// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.health;

import dev.billion.producer.config.EmitterConfig;
import dev.billion.producer.run.Emission;
import dev.billion.producer.start.Preflight;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready while the broker acknowledges what is on its way. The producer is fed directly, so the
 * channel itself does not see its failures: this check does. A member of a fleet that rolls back
 * again and again has nothing acknowledged either: it tells why.
 */
@Readiness
@ApplicationScoped
class RecordsFlow implements HealthCheck {

  private final Preflight preflight;
  private final Emission emission;
  private final Duration stallTimeout;

  RecordsFlow(Preflight preflight, Emission emission, EmitterConfig config) {
    this.preflight = preflight;
    this.emission = emission;
    this.stallTimeout = config.stallTimeout();
  }

  @Override
  public HealthCheckResponse call() {
    Duration stalled = Duration.ofNanos(emission.stalledNanos());
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("records flow")
            .status(preflight.hasPassed() && stalled.compareTo(stallTimeout) < 0)
            .withData("in flight records", emission.inFlight())
            .withData("ms without acknowledgement", stalled.toMillis());
    emission.setback().ifPresent(reason -> response.withData("setback", reason));
    return response.build();
  }
}
