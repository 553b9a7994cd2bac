// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.registry;

import dev.billion.schemas.registry.RegistryClient;
import java.time.Duration;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.serialization.Serializer;

/**
 * A serializer in the Confluent wire format whose one schema is registered under {@code
 * <topic>-value} when the first record comes. The id is then kept: one topic per instance, as each
 * channel has its own.
 */
public abstract class RegisteringSerializer<T> implements Serializer<T> {

  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final int UNREGISTERED = -1;

  private final Schema schema;
  private Map<String, ?> config = Map.of();
  private volatile int schemaId = UNREGISTERED;

  protected RegisteringSerializer(Schema schema) {
    this.schema = schema;
  }

  @Override
  public void configure(Map<String, ?> clientConfig, boolean isKey) {
    config = clientConfig;
  }

  @Override
  public final byte[] serialize(String topic, T value) {
    if (value == null) {
      return null;
    }
    if (schemaId == UNREGISTERED) {
      RegistryClient registry = new RegistryClient(RegistrySettings.read(config, DEADLINE));
      schemaId = registry.register(topic + "-value", schema);
    }
    return encode(schemaId, value);
  }

  /** The record's value in wire format. */
  protected abstract byte[] encode(int schemaId, T value);
}
