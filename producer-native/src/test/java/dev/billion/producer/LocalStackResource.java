// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer;

import dev.billion.local.LocalStack;
import dev.billion.local.Topic;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/**
 * A broker and a registry around a {@code @QuarkusIntegrationTest}, with the emitter's settings.
 */
public final class LocalStackResource implements QuarkusTestResourceLifecycleManager {

  private LocalStack stack;

  @Override
  public Map<String, String> start() {
    stack =
        LocalStack.builder()
            .topic(Topic.of("user-events", 6))
            .topic(Topic.of("user-events-dead-letters", 1))
            .start();
    return Map.of(
        "kafka.bootstrap.servers",
        stack.bootstrap(),
        "emitter.registry.url",
        stack.registryUrl(),
        "emitter.rate",
        "1234",
        "emitter.seed",
        "7");
  }

  @Override
  public void stop() {
    if (stack != null) {
      stack.close();
    }
  }
}
