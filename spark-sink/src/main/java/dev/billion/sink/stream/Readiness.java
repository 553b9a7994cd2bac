// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import dev.billion.schemas.registry.RegistryClient;
import dev.billion.schemas.registry.RegistryConfig;
import dev.billion.schemas.registry.RegistryException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether what the sink reads from is there, asked before Spark takes its seconds to start. */
public final class Readiness {

  private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);

  private Readiness() {}

  /**
   * Waits for the brokers, the topic and the registry, each for the start-up timeout.
   *
   * @throws dev.billion.sink.SinkException if brokers or topic are not there
   * @throws RegistryException if the registry is not there or refuses
   */
  public static void await(SinkSettings settings) throws InterruptedException {
    try (Brokers brokers = new Brokers(settings)) {
      brokers.awaitTopic(settings.topic(), settings.startupTimeout());
    }
    RegistryConfig config = impatient(settings);
    try {
      new RegistryClient(config).schemaById(1);
    } catch (RegistryException.UnknownId | RegistryException.UnusableSchema e) {
      LOG.debug("registry {} answers, which is all that was asked: {}", config, e.getMessage());
    }
  }

  private static RegistryConfig impatient(SinkSettings settings) {
    RegistryConfig config = settings.registry();
    return new RegistryConfig(
        config.url(),
        config.user(),
        config.password(),
        config.trustStore(),
        config.keyStore(),
        config.requestTimeout(),
        settings.startupTimeout());
  }
}
