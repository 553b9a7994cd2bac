// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer;

import dev.billion.local.LocalStack;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/**
 * A broker and a registry around a {@code @QuarkusIntegrationTest}, with the emitter's settings.
 */
public final class LocalStackResource implements QuarkusTestResourceLifecycleManager {

  @Override
  public Map<String, String> start() {
    LocalStack stack = SharedStack.with(6, "status");
    return Map.of(
        "kafka.bootstrap.servers",
        stack.bootstrap(),
        "emitter.registry.url",
        stack.registryUrl(),
        "emitter.topic",
        "status",
        "emitter.rate",
        "1234",
        "emitter.seed",
        "7");
  }

  @Override
  public void stop() {
    // it is shared
  }
}
