// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.health;

import dev.billion.producer.run.Emission;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive unless the emission has failed for good. A broker that is away is no reason to restart. */
@Liveness
@ApplicationScoped
class EmissionLives implements HealthCheck {

  private final Emission emission;

  EmissionLives(Emission emission) {
    this.emission = emission;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("emission lives")
        .status(!emission.done().toCompletableFuture().isCompletedExceptionally())
        .build();
  }
}
