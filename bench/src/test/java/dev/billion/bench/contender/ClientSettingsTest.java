// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.contender;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ClientSettingsTest {

  @Test
  void theChannelsClientSettingsAreTakenAndNothingElse() {
    // Given
    Properties emitter = new Properties();
    emitter.putAll(
        Map.of(
            "mp.messaging.outgoing.user-events.acks", "all",
            "mp.messaging.outgoing.user-events.compression.type", "lz4",
            "mp.messaging.outgoing.user-events.topic", "user-events",
            "mp.messaging.outgoing.user-events.value.serializer", "EventSerializer",
            "mp.messaging.outgoing.dead-letters.linger.ms", "5"));

    // When
    ClientSettings settings = ClientSettings.of(emitter, "zstd");

    // Then
    assertThat(settings.values()).isEqualTo(Map.of("acks", "all", "compression.type", "zstd"));
    assertThat(settings.ofChannel("channel."))
        .containsExactly("-Dchannel.acks=all", "-Dchannel.compression.type=zstd");
  }

  @Test
  void theEmittersOwnAreFound() {
    assertThat(ClientSettings.ofEmitter("none").values())
        .containsEntry("acks", "all")
        .containsEntry("enable.idempotence", "true")
        .containsEntry("compression.type", "none")
        .containsKeys("batch.size", "linger.ms", "buffer.memory");
  }
}
