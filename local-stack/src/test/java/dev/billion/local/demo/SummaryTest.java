// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class SummaryTest {

  private final ObjectMapper json = new ObjectMapper();

  @Test
  void aProofThatHoldsIsSaidInATable() throws Exception {
    assertThat(summary(true, 0).text())
        .isEqualTo(
            """
            records        1,000,000
            run            0193a5c1f2aa
            seconds        12.5
            sent           100.0k/s
            committed      80.0k/s
            missing        0
            duplicates     0
            dead letters   4
            sink restarts  1
            proof          every record is there, once""");
  }

  @Test
  void aProofThatFailsIsSaidSo() throws Exception {
    Summary summary = summary(false, 7);
    assertThat(summary.ok()).isFalse();
    assertThat(summary.text()).contains("missing        7\n").endsWith("FAILED");
  }

  @Test
  void jsonIsTheVerifiersObjectAndTheRates() throws Exception {
    JsonNode result = json.readTree(summary(true, 0).json());
    assertThat(result.get("ok").asBoolean()).isTrue();
    assertThat(result.get("runs")).hasSize(1);
    assertThat(result.get("sent_per_second").asDouble()).isEqualTo(100_000);
    assertThat(result.get("committed_per_second").asDouble()).isEqualTo(80_000);
    assertThat(result.get("seconds").asDouble()).isEqualTo(12.5);
  }

  private Summary summary(boolean ok, int missing) throws Exception {
    JsonNode produced =
        json.readTree(
            """
            {"run":"0193a5c1f2aa","records":1000000,"records_per_second":100000.0}""");
    JsonNode verified =
        json.readTree(
            """
            {"ok":%b,"runs":[{"run":"0193a5c1f2aa","missing":%d,"duplicates":0}],"dead_letters":4}"""
                .formatted(ok, missing));
    return new Summary(produced, verified, 12.5, 1);
  }
}
