// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.publish;

import dev.billion.producer.config.EmitterConfig;
import dev.billion.producer.event.EventSchemas;
import dev.billion.schemas.registry.RegistryClient;
import dev.billion.schemas.registry.RegistryException;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Under which ids the registry has the versions of the events' schema. They are asked for before
 * the first record, so that they are known while the registry is away. Safe for use by several
 * threads.
 */
@Singleton
public class EventSchemaIds {

  private final Map<Integer, Integer> ids = new ConcurrentHashMap<>();
  private final String subject;

  EventSchemaIds(EmitterConfig config) {
    this.subject = config.topic() + "-value";
  }

  /**
   * Registers a version, which is to come after those before it.
   *
   * @throws RegistryException if the registry does not take it
   */
  public void register(RegistryClient registry, int version) {
    ids.put(version, registry.register(subject, EventSchemas.version(version)));
  }

  /** The id of a version that was registered. */
  int of(int version) {
    return ids.get(version);
  }
}
