// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WindowTest {

  private static final long SECOND = 1_000_000_000L;

  @Test
  void itBeginsAfterTheFirstFifthAndEndsBeforeTheLastRecord() {
    // Given
    List<Sample> samples =
        List.of(
            new Sample(5 * SECOND, 0, 0),
            new Sample(7 * SECOND, 3.0, 199),
            new Sample(8 * SECOND, 4.0, 200),
            new Sample(9 * SECOND, 4.75, 500),
            new Sample(10 * SECOND, 5.5, 900),
            new Sample(11 * SECOND, 7.0, 1000));

    // When
    Window window = Window.of(samples, 1000);

    // Then
    assertThat(window.steady()).isTrue();
    assertThat(window.records()).isEqualTo(700);
    assertThat(window.seconds()).isEqualTo(2.0);
    assertThat(window.cpuSeconds()).isEqualTo(1.5);
  }

  @Test
  void aRunWithOneSampleInTheSteadyPartIsTakenWholeAndSaysSo() {
    // Given
    List<Sample> samples =
        List.of(
            new Sample(5 * SECOND, 0, 0),
            new Sample(6 * SECOND, 1.0, 600),
            new Sample(7 * SECOND, 1.5, 1000));

    // When
    Window window = Window.of(samples, 1000);

    // Then
    assertThat(window.steady()).isFalse();
    assertThat(window.records()).isEqualTo(1000);
    assertThat(window.seconds()).isEqualTo(2.0);
    assertThat(window.cpuSeconds()).isEqualTo(1.5);
  }
}
