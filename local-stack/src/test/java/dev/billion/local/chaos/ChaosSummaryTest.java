// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChaosSummaryTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<Survived> SURVIVED =
      List.of(
          new Survived(Fault.SINK_KILL, Duration.ofMillis(14_230)),
          new Survived(Fault.BROKER_KILL, Duration.ofMillis(15_470)),
          new Survived(Fault.SINK_KILL, Duration.ofMillis(9_000)));

  @Test
  void whatWasSurvivedIsCountedByKind() throws Exception {
    // When
    ChaosSummary summary = summary(true, 9, 9);

    // Then
    assertThat(summary.ok()).isTrue();
    assertThat(summary.text())
        .contains("faults         3: sink-kill 2, broker-kill 1\n")
        .contains("longest        broker-kill, 15.5 s\n")
        .contains("records        9,000\n")
        .contains("dead letters   9 of 9\n")
        .contains("emitters       2 at a time, 2 in all, 0 ended by themselves\n")
        .contains("sinks          3 one after the other, 1 ended by themselves\n")
        .contains("seed           42\n")
        .endsWith("proof          every record is there, once");
    JsonNode json = JSON.readTree(summary.json());
    assertThat(json.get("ok").asBoolean()).isTrue();
    assertThat(json.get("survived").get("sink-kill").asInt()).isEqualTo(2);
    assertThat(json.get("survived").get("emitter-kill").asInt()).isZero();
    assertThat(json.get("longest_recovery_seconds").asDouble()).isEqualTo(15.5);
    assertThat(json.get("longest_recovery_fault").asText()).isEqualTo("broker-kill");
    assertThat(json.get("records").asInt()).isEqualTo(9000);
  }

  @Test
  void aTableThatIsNotProvenIsAFailure() throws Exception {
    assertThat(summary(false, 9, 9).ok()).isFalse();
    assertThat(summary(false, 9, 9).text()).endsWith("proof          FAILED");
  }

  @Test
  void deadLettersThatNobodySentAreAFailure() throws Exception {
    assertThat(summary(true, 10, 9).ok()).isFalse();
    assertThat(summary(true, 10, 9).text()).contains("dead letters   10 of 9\n");
  }

  private static ChaosSummary summary(boolean ok, int deadLetters, int poison)
      throws JsonProcessingException {
    JsonNode verified =
        JSON.readTree(
            """
            {"ok":%s,"runs":[{"records":9000,"missing":0,"duplicates":0}],"dead_letters":%d,"poison":%d}\
            """
                .formatted(ok, deadLetters, poison));
    ChaosOptions options =
        new ChaosOptions(
            42,
            Duration.ofMinutes(1),
            List.of(Fault.BROKER_KILL, Fault.SINK_KILL),
            3,
            20_000,
            "0.1%");
    return new ChaosSummary(
        options,
        SURVIVED,
        verified,
        new ChaosSummary.Programs(2, 0),
        new ChaosSummary.Programs(3, 1),
        Duration.ofSeconds(70));
  }
}
