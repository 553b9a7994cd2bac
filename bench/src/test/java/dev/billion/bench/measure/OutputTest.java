// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.bench.report.Figure;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class OutputTest {

  @Test
  void thePerfToolsIntervalsAddUpAndItsSteadyLatencyCounts() {
    // Given
    Output output = new PerfToolOutput();

    // Then
    assertThat(
            output.done(
                "237014 records sent, 230334.3 records/sec (23.72 MB/sec), 363.0 ms avg latency,"
                    + " 675.0 ms max latency."))
        .hasValue(237_014);
    assertThat(
            output.done(
                "100 records sent, 230334.3 records/sec (23.72 MB/sec), 363.0 ms avg latency, 675.0"
                    + " ms max latency."))
        .hasValue(237_114);
    assertThat(
            output.done(
                "1000000 records sent, 91894.872266 records/sec (9.46 MB/sec), 805.60 ms avg"
                    + " latency, 4274.00 ms max latency, 438 ms 50th, 2699 ms 95th, 3608 ms 99th,"
                    + " 4264 ms 99.9th."))
        .hasValue(1_000_000);
    assertThat(
            output.done(
                "800000 steady state records sent, 150262.960180 records/sec (15.48 MB/sec), 427.74"
                    + " ms avg latency, 2024.00 ms max latency, 319 ms 50th, 1347 ms 95th, 1886 ms"
                    + " 99th, 2021 ms 99.9th."))
        .isEmpty();
    assertThat(output.done("a warning")).isEmpty();
    assertThat(output.figures())
        .isEqualTo(Map.of(Figure.LATENCY_P50, 319.0, Figure.LATENCY_P99, 1886.0));
  }

  @Test
  void theEmittersProgressAndSummaryAreRead() {
    // Given
    Output output = new JsonOutput(OptionalLong.of(1000));

    // Then
    assertThat(output.done("{\"progress\":\"produce\",\"sent\":1024,\"errors\":0}")).hasValue(1024);
    assertThat(
            output.done(
                "{\"run\":\"01\",\"records\":5000,\"seconds\":8.0,\"batch_latency_ms\":{\"p50\":1.5,\"p99\":9},"
                    + "\"schedule_delay_ms\":{\"p50\":0.1,\"p99\":0.5,\"max\":7.25},"
                    + "\"steady_schedule_delay_ms\":{\"p50\":0.25,\"p99\":0.375,\"max\":2}}"))
        .isEmpty();
    assertThat(output.figures())
        .isEqualTo(
            Map.of(
                Figure.LATENCY_P50, 1.5,
                Figure.LATENCY_P99, 9.0,
                Figure.DELAY_P50, 0.1,
                Figure.DELAY_P99, 0.5,
                Figure.DELAY_MAX, 7.25,
                Figure.STEADY_DELAY_P50, 0.25,
                Figure.STEADY_DELAY_P99, 0.375,
                Figure.STEADY_DELAY_MAX, 2.0,
                Figure.SENT_OVER_SCHEDULED, 0.625));
  }

  @Test
  void aSummaryWithoutLatencyHasNone() {
    // Given
    Output output = new JsonOutput();

    // When
    OptionalLong sent = output.done("{\"records\":5000,\"seconds\":8.0}");

    // Then
    assertThat(sent).isEmpty();
    assertThat(output.figures()).isEmpty();
  }

  @Test
  void linesThatAreNotJsonAreLeftToTheLog() {
    assertThat(new JsonOutput().done("{ not JSON")).isEmpty();
    assertThat(new JsonOutput().done("WARN something")).isEmpty();
  }

  @Test
  void theSinksProgressIsItsEvents() {
    assertThat(new JsonOutput().done("{\"progress\":\"sink\",\"batch\":1,\"events\":512}"))
        .hasValue(512);
  }
}
