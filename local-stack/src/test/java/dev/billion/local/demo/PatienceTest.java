// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.demo;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatienceTest {

  private final Patience patience =
      new Patience(
          new DemoOptions.Deadlines(
              Duration.ofSeconds(100), Duration.ofSeconds(10), Duration.ofSeconds(1_000)));

  @Test
  void theFirstCommitMayTakeLongerThanTheNext() {
    assertThatCode(() -> patience.committing(false, Duration.ofSeconds(99)))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> patience.committing(true, Duration.ofSeconds(11)))
        .hasMessage("the sink committed nothing for 10 s");
  }

  @Test
  void aProducerThatStandsStillIsGivenUp() {
    assertThatThrownBy(() -> patience.producing(true, Duration.ofSeconds(11)))
        .hasMessage("the producer sent nothing for 10 s");
  }

  @Test
  void theSinkMustCatchUpSomeTime() {
    assertThatThrownBy(() -> patience.draining(Duration.ofSeconds(1_001)))
        .hasMessage("the sink has not caught up 1000 s after the last record");
  }
}
