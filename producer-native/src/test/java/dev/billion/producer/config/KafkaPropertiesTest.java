// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaPropertiesTest {

  @Test
  void settingsOfAnyOfKafkasClientsAreReadFromTheEnvironmentAndNothingElse() {
    assertThat(
            KafkaProperties.read(
                Map.of(
                    "KAFKA_SECURITY_PROTOCOL", "SSL",
                    "KAFKA_SSL_KEYSTORE_LOCATION", "/etc/emitter/client.p12",
                    "KAFKA_ACKS", "all",
                    "KAFKA_HEAP_OPTS", "-Xmx1g",
                    "EMITTER_RATE", "50k")))
        .isEqualTo(
            Map.of(
                "security.protocol", "SSL",
                "ssl.keystore.location", "/etc/emitter/client.p12",
                "acks", "all"));
  }
}
