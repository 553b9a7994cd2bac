// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SoakSummaryTest {

  private static final Verdict RIGHT =
      new Verdict(
          5, List.of(Disturbance.KILL, Disturbance.KILL), Optional.empty(), 21.4, 150 * 1024);
  private static final Verdict WRONG =
      new Verdict(
          6, List.of(Disturbance.BROKER, Disturbance.JOIN), Optional.of("2 gone"), 30, 190 * 1024);

  @Test
  void roundsThatAreRightAreTheProof() {
    SoakSummary summary = new SoakSummary(1000, List.of(RIGHT, RIGHT));
    assertThat(summary.ok()).isTrue();
    assertThat(summary.text())
        .contains("events          2,000\n")
        .contains("join 0, leave 0, kill 4, freeze 0, broker 0")
        .contains("every event of every round is there, once");
    assertThat(summary.json())
        .isEqualTo(
            "{\"ok\":true,\"rounds\":2,\"records\":2000,\"seconds\":43,\"peak_kib\":153600,"
                + "\"disturbances\":{\"join\":0,\"leave\":0,\"kill\":4,\"freeze\":0,\"broker\":0}}");
  }

  @Test
  void aRoundThatIsWrongIsToldWithTheSeedThatRepeatsIt() {
    SoakSummary summary = new SoakSummary(1000, List.of(RIGHT, WRONG));
    assertThat(summary.ok()).isFalse();
    assertThat(summary.text())
        .contains("FAILED: broker, join: 2 gone (seed 6, 30.0 s, largest member 190 MiB)");
    assertThat(summary.json()).endsWith("\"fault\":\"2 gone\",\"seed\":6}");
    assertThat(summary.seed()).isEqualTo(6);
  }

  @Test
  void whatIsNoDisturbanceIsRefusedWithThoseThatAre() {
    assertThatThrownBy(() -> new Disturbance.Converter().convert("flood"))
        .hasMessage("not a disturbance: 'flood' (valid: join, leave, kill, freeze, broker)");
  }
}
