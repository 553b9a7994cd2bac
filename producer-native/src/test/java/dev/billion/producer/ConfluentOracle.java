// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer;

import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;

/**
 * Confluent's own serializer and deserializer (5.5.3), with their own registry client and their own
 * Avro, in a class loader that sees nothing of ours.
 */
final class ConfluentOracle implements AutoCloseable {

  private static final Path JAR = Path.of("target", "oracle", "pinot-confluent-avro-shaded.jar");
  private static final String PACKAGE = "io.confluent.kafka.serializers.";

  private final URLClassLoader classes;
  private final Object serializer;
  private final Object deserializer;

  ConfluentOracle(String registryUrl) throws ReflectiveOperationException, MalformedURLException {
    classes =
        new URLClassLoader(new URL[] {JAR.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    Map<String, Object> config = Map.of("schema.registry.url", registryUrl);
    serializer = configured("KafkaAvroSerializer", config);
    deserializer = configured("KafkaAvroDeserializer", config);
  }

  /** The record in a value, of the oracle's own Avro. */
  Object deserialize(String topic, byte[] value) throws ReflectiveOperationException {
    Method method = deserializer.getClass().getMethod("deserialize", String.class, byte[].class);
    return method.invoke(deserializer, topic, value);
  }

  byte[] serialize(String topic, Object event) throws ReflectiveOperationException {
    Method method = serializer.getClass().getMethod("serialize", String.class, Object.class);
    return (byte[]) method.invoke(serializer, topic, event);
  }

  private Object configured(String name, Map<String, Object> config)
      throws ReflectiveOperationException {
    Object serde = classes.loadClass(PACKAGE + name).getConstructor().newInstance();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(classes); // where its configuration looks classes up
    try {
      serde
          .getClass()
          .getMethod("configure", Map.class, boolean.class)
          .invoke(serde, config, false);
    } finally {
      thread.setContextClassLoader(before);
    }
    return serde;
  }

  @Override
  public void close() throws Exception {
    classes.close();
  }
}
