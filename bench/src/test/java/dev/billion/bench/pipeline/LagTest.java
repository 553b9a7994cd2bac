// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.bench.report.Figure;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LagTest {

  @Test
  void theStartIsCountedApartAndTheTimeAfterTheLastRecordNotAtAll() {
    // Given
    Lag lag = new Lag(1000);

    // When
    lag.read(100, 90);
    lag.read(200, 70);
    lag.read(900, 40);
    lag.read(1000, 50);
    lag.read(1000, 95);

    // Then
    assertThat(lag.figures())
        .isEqualTo(Map.of(Figure.LAG_MAX, 90.0, Figure.LAG_STEADY_MAX, 70.0, Figure.LAG_END, 50.0));
  }
}
