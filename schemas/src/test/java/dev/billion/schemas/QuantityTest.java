// SPDX-License-Identifier: Apache-2.0
package dev.billion.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "277778,277778",
    "277_778,277778",
    "50k,50000",
    "1.5k,1500",
    "10M,10000000",
    "1B,1000000000",
    "2G,2000000000",
    "' 7 K ',7000"
  })
  void countsAreReadWithTheirSuffix(String text, long count) {
    assertThat(Quantity.count(text)).isEqualTo(count);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "10x", "1.5", "M", "1e6", "99999999999999999999", "10 M M"})
  void whatIsNoCountIsRefusedWithWhatWouldBe(String text) {
    assertThatThrownBy(() -> Quantity.count(text))
        .hasMessage(
            "not a count: '%s' (valid: a whole number such as 1000000, 50k, 10M, 1B)", text);
  }

  @ParameterizedTest
  @CsvSource({"500ms,500", "30s,30000", "1.5s,1500", "5m,300000", "2h,7200000", "1d,86400000"})
  void timesAreReadWithTheirUnit(String text, long millis) {
    assertThat(Quantity.time(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "5 minutes", "-1s", "0.1ms"})
  void whatIsNoTimeIsRefusedWithWhatWouldBe(String text) {
    assertThatThrownBy(() -> Quantity.time(text))
        .hasMessage(
            "not a time: '%s' (valid: a number with a unit such as 500ms, 30s, 5m, 2h)", text);
  }

  @Test
  void countsAreShortForPeople() {
    assertThat(Quantity.format(0)).isEqualTo("0");
    assertThat(Quantity.format(999)).isEqualTo("999");
    assertThat(Quantity.format(277_778)).isEqualTo("277.8k");
    assertThat(Quantity.format(999_999)).isEqualTo("1.0M");
    assertThat(Quantity.format(20_000_000)).isEqualTo("20.0M");
    assertThat(Quantity.format(1_000_000_000)).isEqualTo("1.00B");
  }
}
