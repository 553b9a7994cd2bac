// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of settings for the sink's Kafka clients. */
class SinkKafkaTest {

  @TempDir Path secrets;

  @Test
  void itTakesThePasswordsFromTheSecretsAndHasNoSettingThatKafkaDoesNotKnow() throws IOException {
    // Given
    Path file = Sources.here().manifests().resolve("base/sink/kafka.properties");
    secret("user", "user.password", "of the user");
    secret("authority", "ca.password", "of the authority");
    Properties properties = new Properties();
    properties.load(new StringReader(Sources.read(file).replace("/etc/kafka", secrets.toString())));
    Map<String, Object> settings = new HashMap<>();
    properties.forEach((name, value) -> settings.put(name.toString(), value));
    settings.put("key.deserializer", ByteArrayDeserializer.class);
    settings.put("value.deserializer", ByteArrayDeserializer.class);

    // When
    ConsumerConfig config = new ConsumerConfig(settings);

    // Then
    assertThat(config.getPassword("ssl.keystore.password")).isEqualTo(new Password("of the user"));
    assertThat(config.getPassword("ssl.truststore.password"))
        .isEqualTo(new Password("of the authority"));
    assertThat(properties.stringPropertyNames())
        .allMatch(
            name ->
                ConsumerConfig.configNames().contains(name) || name.startsWith("config.provider"));
  }

  private void secret(String name, String key, String value) throws IOException {
    Files.createDirectories(secrets.resolve(name));
    Files.writeString(secrets.resolve(name).resolve(key), value);
  }
}
