// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackPressureTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private long now = 7;
  private final BackPressure backPressure = new BackPressure(() -> now, registry);

  @Test
  void saturationIsThePartOfTheTimeThatWasWaited() {
    pass(Duration.ofSeconds(4));
    call(Duration.ofSeconds(2), Duration.ofSeconds(1));
    assertSaturation(1 / 6.0);
  }

  @Test
  void aCallThatDoesNotReturnIsWaiting() {
    // Given
    pass(Duration.ofSeconds(5));

    // When
    backPressure.begin();
    pass(Duration.ofSeconds(5));

    // Then
    assertSaturation(0.5);
    backPressure.end(Duration.ofSeconds(4).toNanos());
    assertSaturation(0.4);
  }

  @Test
  void noMoreWasWaitedThanTheCallTook() {
    pass(Duration.ofSeconds(5));
    call(Duration.ofSeconds(5), Duration.ofHours(1));
    assertSaturation(0.5);
  }

  @Test
  void whatIsLongerAgoThanTenSecondsAndTheLastQuestionIsForgotten() {
    // Given
    call(Duration.ofSeconds(8), Duration.ofSeconds(8));
    assertSaturation(1);

    // When
    pass(Duration.ofSeconds(7));

    // Then
    assertSaturation(8 / 15.0);
    pass(Duration.ofSeconds(3));
    assertSaturation(0);
    call(Duration.ofSeconds(30), Duration.ofSeconds(15));
    assertSaturation(0.5);
  }

  private void call(Duration took, Duration waited) {
    backPressure.begin();
    pass(took);
    backPressure.end(waited.toNanos());
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private void assertSaturation(double expected) {
    assertThat(registry.get("emitter.saturation.ratio").gauge().value())
        .isCloseTo(expected, within(1e-9));
  }
}
