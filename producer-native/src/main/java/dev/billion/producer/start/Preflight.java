// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.start;

import dev.billion.producer.config.EmitterConfig;
import dev.billion.producer.publish.EventPublisher;
import dev.billion.producer.publish.EventSchemaIds;
import dev.billion.producer.publish.EventSerializer;
import dev.billion.producer.registry.RegistrySettings;
import dev.billion.producer.run.Run;
import dev.billion.schemas.DeadLetter;
import dev.billion.schemas.registry.RegistryClient;
import dev.billion.schemas.registry.RegistryException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The checks before the first record: the broker answers, the topics are there and take our
 * batches, the schemas are registered, the producer is connected. They use the configuration of the
 * channel itself, so that what passes here works there.
 */
@ApplicationScoped
public class Preflight {

  private final EventPublisher publisher;
  private final EventSchemaIds schemaIds;
  private final Duration timeout;
  private final String topic;
  private final String deadLetterTopic;
  private volatile boolean passed;

  Preflight(EventPublisher publisher, EventSchemaIds schemaIds, EmitterConfig config) {
    this.publisher = publisher;
    this.schemaIds = schemaIds;
    this.timeout = config.startupTimeout();
    this.topic = config.topic();
    this.deadLetterTopic = config.deadLetterTopic();
  }

  /**
   * @throws StartupException if one fails, or does not answer within the start-up timeout
   */
  public void check() throws StartupException {
    Map<String, ?> clientConfig = publisher.configuration();
    new Topics(clientConfig, timeout).check(topic, deadLetterTopic);
    register(
        clientConfig,
        registry -> {
          schemaIds.register(registry, 1);
          registry.register(deadLetterTopic + "-value", DeadLetter.getClassSchema());
        });
    publisher.connect(timeout);
    passed = true;
  }

  /**
   * What a run needs beyond that: later versions of the schema, registered in order, and for poison
   * a serializer that makes it.
   *
   * @throws StartupException if it is not to be had
   */
  public void check(Run run) throws StartupException {
    Map<String, ?> clientConfig = publisher.configuration();
    Object serializer = clientConfig.get(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG);
    if (!run.awkward().poison().isNone() && !EventSerializer.class.getName().equals(serializer)) {
      throw new StartupException(
          "the run has poison, which only %s makes: value.serializer is %s"
              .formatted(EventSerializer.class.getName(), serializer),
          null);
    }
    int newest = run.awkward().schemas().newest();
    if (newest > 1) {
      register(
          clientConfig,
          registry -> {
            for (int version = 2; version <= newest; version++) {
              schemaIds.register(registry, version);
            }
          });
    }
  }

  /** Whether the emitter has started. */
  public boolean hasPassed() {
    return passed;
  }

  private void register(Map<String, ?> clientConfig, Consumer<RegistryClient> schemas)
      throws StartupException {
    try {
      schemas.accept(new RegistryClient(RegistrySettings.read(clientConfig, timeout)));
    } catch (RegistryException | IllegalArgumentException e) {
      throw new StartupException(e.getMessage(), e);
    }
  }
}
