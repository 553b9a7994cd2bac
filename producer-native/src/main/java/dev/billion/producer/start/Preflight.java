// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.start;

import dev.billion.producer.config.EmitterConfig;
import dev.billion.producer.publish.EventPublisher;
import dev.billion.producer.registry.RegistrySettings;
import dev.billion.schemas.DeadLetter;
import dev.billion.schemas.UserEvent;
import dev.billion.schemas.registry.RegistryClient;
import dev.billion.schemas.registry.RegistryException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The checks before the first record: the broker answers, the topics are there, the schemas are
 * registered, the producer is connected. They use the configuration of the channel itself, so that
 * what passes here works there.
 */
@ApplicationScoped
public class Preflight {

  private final EventPublisher publisher;
  private final Duration timeout;
  private final String topic;
  private final String deadLetterTopic;
  private volatile boolean passed;

  Preflight(EventPublisher publisher, EmitterConfig config) {
    this.publisher = publisher;
    this.timeout = config.startupTimeout();
    this.topic = config.topic();
    this.deadLetterTopic = config.deadLetterTopic();
  }

  /**
   * @throws StartupException if one fails, or does not answer within the start-up timeout
   */
  public void check() throws StartupException {
    Map<String, ?> clientConfig = publisher.configuration();
    checkBroker(clientConfig);
    registerSchemas(clientConfig);
    publisher.connect(timeout);
    passed = true;
  }

  /** Whether the emitter has started. */
  public boolean hasPassed() {
    return passed;
  }

  private void checkBroker(Map<String, ?> clientConfig) throws StartupException {
    Object bootstrap = clientConfig.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG);
    Map<String, Object> adminConfig = new HashMap<>(clientConfig);
    adminConfig.keySet().retainAll(AdminClientConfig.configNames());
    adminConfig.put(
        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(timeout.toMillis()));
    adminConfig.put(
        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(timeout.toMillis()));
    try (Admin admin = Admin.create(adminConfig)) {
      admin
          .describeTopics(List.of(topic, deadLetterTopic))
          .allTopicNames()
          .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw unreachable(bootstrap, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartupException("interrupted while waiting for broker " + bootstrap, e);
    } catch (KafkaException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw new StartupException("cannot use broker " + bootstrap + ": " + describe(reason), e);
    } catch (ExecutionException e) {
      Throwable reason = e.getCause();
      if (reason instanceof org.apache.kafka.common.errors.TimeoutException) {
        throw unreachable(bootstrap, e);
      }
      if (reason instanceof UnknownTopicOrPartitionException) {
        throw new StartupException(
            "topic '%s' or '%s' does not exist on %s: create both first"
                .formatted(topic, deadLetterTopic, bootstrap),
            e);
      }
      throw new StartupException("cannot use broker " + bootstrap + ": " + describe(reason), e);
    }
  }

  /** Kafka's own words for a refused certificate say nothing of it. */
  private static String describe(Throwable reason) {
    return reason instanceof SslAuthenticationException && reason.getCause() != null
        ? "TLS handshake failed: " + rootCause(reason).getMessage()
        : reason.getMessage();
  }

  private static Throwable rootCause(Throwable failure) {
    return failure.getCause() == null ? failure : rootCause(failure.getCause());
  }

  private StartupException unreachable(Object bootstrap, Exception cause) {
    return new StartupException(
        "broker %s not reachable within %d s".formatted(bootstrap, timeout.toSeconds()), cause);
  }

  private void registerSchemas(Map<String, ?> clientConfig) throws StartupException {
    try {
      RegistryClient registry = new RegistryClient(RegistrySettings.read(clientConfig, timeout));
      registry.register(topic + "-value", UserEvent.getClassSchema());
      registry.register(deadLetterTopic + "-value", DeadLetter.getClassSchema());
    } catch (RegistryException | IllegalArgumentException e) {
      throw new StartupException(e.getMessage(), e);
    }
  }
}
