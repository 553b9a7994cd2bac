// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.health;

import dev.billion.producer.start.Preflight;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Up once broker, topics and schemas were found in order. */
@Startup
@ApplicationScoped
class EmitterStarted implements HealthCheck {

  private final Preflight preflight;

  EmitterStarted(Preflight preflight) {
    this.preflight = preflight;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("emitter started").status(preflight.hasPassed()).build();
  }
}
