// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.registry;

import dev.billion.schemas.registry.RegistryClient;
import java.time.Duration;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.kafka.common.serialization.Serializer;

/**
 * A serializer in the Confluent wire format. The versions of its schema are registered under {@code
 * <topic>-value}, in order, up to that of the first record, and again when one of a later version
 * comes. The ids are kept: one topic per instance, as each channel has its own.
 */
public abstract class RegisteringSerializer<T> implements Serializer<T> {

  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final IntFunction<Schema> schemas;
  private Map<String, ?> config = Map.of();
  private volatile int[] ids = {};

  /**
   * @param schemas the versions of the schema, from 1 on
   */
  protected RegisteringSerializer(IntFunction<Schema> schemas) {
    this.schemas = schemas;
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
    int version = version(value);
    if (version > ids.length) {
      register(topic, version);
    }
    return encode(ids[version - 1], value);
  }

  private void register(String topic, int newest) {
    RegistryClient registry = new RegistryClient(RegistrySettings.read(config, DEADLINE));
    ids =
        IntStream.rangeClosed(1, newest)
            .map(version -> registry.register(topic + "-value", schemas.apply(version)))
            .toArray();
  }

  /** The version of the schema that a record is written in. */
  protected int version(T value) {
    return 1;
  }

  /** The record's value in wire format. */
  protected abstract byte[] encode(int schemaId, T value);
}
