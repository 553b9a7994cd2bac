// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaintainSettingsTest {

  @ParameterizedTest
  @CsvSource({"PT1H, 1", "PT1H0.001S, 2", "PT1H59M, 2", "PT168H, 168"})
  void noFileIsKeptForLessThanWasAskedFor(Duration retention, long hours) {
    MaintainSettings settings = new MaintainSettings(1, Duration.ZERO, List.of(), retention);

    assertThat(settings.retentionHours()).isEqualTo(hours);
  }
}
