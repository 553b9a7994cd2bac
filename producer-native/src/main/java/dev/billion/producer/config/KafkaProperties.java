// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Settings of Kafka clients, from where they are told to all of them. */
public final class KafkaProperties {

  private KafkaProperties() {}

  /**
   * Those of the environment: {@code KAFKA_SSL_KEYSTORE_LOCATION} is {@code ssl.keystore.location}.
   */
  public static Map<String, String> read(Map<String, String> environment) {
    Map<String, String> settings = new TreeMap<>();
    for (Set<String> names :
        List.of(
            ProducerConfig.configNames(),
            ConsumerConfig.configNames(),
            AdminClientConfig.configNames())) {
      for (String name : names) {
        String value = environment.get("KAFKA_" + name.replace('.', '_').toUpperCase(Locale.ROOT));
        if (value != null) {
          settings.put(name, value);
        }
      }
    }
    return settings;
  }

  /**
   * Those of a file, as Kafka's own tools take them.
   *
   * @throws IllegalArgumentException if the file cannot be read
   */
  public static Map<String, String> read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot read --kafka-config " + file + ": no such readable file", e);
    }
    Map<String, String> settings = new TreeMap<>();
    properties.forEach((name, value) -> settings.put(name.toString(), value.toString()));
    return settings;
  }
}
