// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChaosConvertersTest {

  @Test
  void minutesMayBePartsOfOne() {
    ChaosConverters.Minutes minutes = new ChaosConverters.Minutes();
    assertThat(minutes.convert("3")).isEqualTo(Duration.ofMinutes(3));
    assertThat(minutes.convert("0.5")).isEqualTo(Duration.ofSeconds(30));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "0.05", "-1", "1m", "12345"})
  void whatAreNoMinutesIsRefused(String text) {
    assertThatThrownBy(() -> new ChaosConverters.Minutes().convert(text))
        .hasMessage("not a number of minutes: '%s' (valid: 0.1 to 9999)", text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "100.1%", "-1%", "all"})
  void whatIsNoShareIsRefused(String text) {
    assertThat(new ChaosConverters.Share().convert("0.1%")).isEqualTo("0.1%");
    assertThatThrownBy(() -> new ChaosConverters.Share().convert(text))
        .hasMessage("not a share: '%s' (valid: 0%% to 100%%, such as 0.1%%)", text);
  }

  @Test
  void twoBrokersAreRefusedForNeitherMayBeAway() {
    assertThat(new ChaosConverters.Brokers().convert("3")).isEqualTo(3);
    assertThatThrownBy(() -> new ChaosConverters.Brokers().convert("2"))
        .hasMessage("not a number of brokers: '2' (valid: 1 or 3)");
  }

  @Test
  void everyFaultIsKnownByItsWordAndOthersAreRefusedWithThoseThatAre() {
    Fault.Converter faults = new Fault.Converter();
    assertThat(Arrays.stream(Fault.values()).map(Fault::word).map(faults::convert))
        .containsExactly(Fault.values());
    assertThatThrownBy(() -> faults.convert("flood"))
        .hasMessage(
            "not a fault: 'flood' (valid: emitter-kill, emitter-term, emitter-freeze, sink-kill,"
                + " sink-term, sink-freeze, broker-kill, broker-term, broker-freeze,"
                + " broker-disk, registry-kill)");
  }
}
