// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import dev.billion.schemas.registry.RegistryClient;
import dev.billion.schemas.registry.RegistryConfig;
import dev.billion.schemas.registry.RegistryException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whether the registry answers, again and again: batches ask it for new schemas only, so its
 * absence would show when the first of them comes, and not before.
 */
final class RegistryFeed implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RegistryFeed.class);
  private static final Duration PERIOD = Duration.ofSeconds(10);

  /** Any id will do: that there is none is an answer, too. */
  private static final int SCHEMA = 1;

  private final RegistryClient registry;
  private final Observer observer;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "registry");
            thread.setDaemon(true);
            return thread;
          });

  @SuppressWarnings("FutureReturnValueIgnored") // it ends with its timer
  RegistryFeed(RegistryConfig config, Observer observer) {
    this.registry = new RegistryClient(once(config));
    this.observer = observer;
    timer.scheduleWithFixedDelay(this::look, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    observer.registry(answers());
  }

  boolean answers() {
    try {
      registry.schemaById(SCHEMA);
      return true;
    } catch (RegistryException.UnknownId | RegistryException.UnusableSchema e) {
      return true;
    } catch (RegistryException e) {
      LOG.debug("the registry does not answer", e);
      return false;
    }
  }

  /** Without another try. */
  private static RegistryConfig once(RegistryConfig config) {
    return new RegistryConfig(
        config.url(),
        config.user(),
        config.password(),
        config.trustStore(),
        config.keyStore(),
        config.requestTimeout(),
        Duration.ZERO);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
