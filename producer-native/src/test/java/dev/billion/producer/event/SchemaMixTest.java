// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaMixTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v1:80,v2:20 | v1:80,v2:20 | 2",
        "v2:1, v1:3  | v1:3,v2:1   | 2",
        "v1:5        | v1:5        | 1",
        "v1:5,v2:0   | v1:5        | 1",
        "v2:7        | v2:7        | 2"
      })
  void isReadAndWrittenAsVersionsWithWeights(String text, String written, int newest) {
    SchemaMix mix = SchemaMix.parse(text);
    assertThat(mix).hasToString(written).isEqualTo(SchemaMix.parse(written));
    assertThat(mix.newest()).isEqualTo(newest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v1:80;v2:20", "v1:1,v1:2", "v1:0", "v1:-1", "", "v1:80,", "1:80"})
  void whatIsNoMixIsToldInOneLine(String text) {
    assertThatThrownBy(() -> SchemaMix.parse(text))
        .hasMessage(
            "not a schema mix: '%s' (valid: versions, each once, and their weights, such as v1:80,v2:20)",
            text);
  }

  @Test
  void aVersionThatIsNotKnownIsNamed() {
    assertThatThrownBy(() -> SchemaMix.parse("v1:80,v3:20"))
        .hasMessage("no such schema version: 'v3' (valid: v1 to v2)");
    assertThatThrownBy(() -> SchemaMix.parse("v0:1"))
        .hasMessage("no such schema version: 'v0' (valid: v1 to v2)");
  }

  @Test
  void everyWordPicksAVersionThatHasAWeight() {
    assertThat(List.of(0L, -1L, 1L << 63, Long.MAX_VALUE))
        .allSatisfy(
            word -> {
              assertThat(SchemaMix.FIRST.pick(word)).isEqualTo(1);
              assertThat(SchemaMix.parse("v2:1").pick(word)).isEqualTo(2);
            });
    SchemaMix mix = SchemaMix.parse("v1:999999999,v2:1");
    assertThat(mix.pick(0)).isEqualTo(1);
    assertThat(mix.pick(-1)).isEqualTo(2);
  }
}
