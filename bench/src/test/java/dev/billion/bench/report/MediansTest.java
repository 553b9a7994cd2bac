// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MediansTest {

  @Test
  void ofAnOddNumberTheMiddleAndOfAnEvenOneTheMeanOfTheMiddleTwo() {
    // Given
    List<Row> rounds =
        List.of(
            row(true, Map.of(Figure.RECORDS_PER_SECOND, 30.0, Figure.ALLOCATION, 7.0)),
            row(true, Map.of(Figure.RECORDS_PER_SECOND, 10.0)),
            row(true, Map.of(Figure.RECORDS_PER_SECOND, 20.0, Figure.ALLOCATION, 4.0)));

    // When
    Row median = Medians.of(rounds);

    // Then
    assertThat(median)
        .isEqualTo(
            row(
                true,
                Map.of(
                    Figure.RECORDS_PER_SECOND, 20.0,
                    Figure.SLOWEST_RECORDS_PER_SECOND, 10.0,
                    Figure.FASTEST_RECORDS_PER_SECOND, 30.0,
                    Figure.ALLOCATION, 5.5)));
  }

  @Test
  void oneRoundThatWasNotSteadySpoilsTheRow() {
    assertThat(Medians.of(List.of(row(true, Map.of()), row(false, Map.of()))).steady()).isFalse();
  }

  private static Row row(boolean steady, Map<Figure, Double> figures) {
    return new Row("raw", steady, figures);
  }
}
