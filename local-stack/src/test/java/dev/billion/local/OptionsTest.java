// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class OptionsTest {

  @Test
  void countsAreReadAsPeopleWriteThem() {
    assertThat(new Options.Count().convert("1.5M")).isEqualTo(1_500_000);
    assertThat(new Options.Port().convert("9092")).isEqualTo(9092);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "-1", "http", ""})
  void aPortOutOfRangeIsRefusedWithTheRange(String text) {
    assertThatThrownBy(() -> new Options.Port().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage("not a port: '%s' (valid: 1 to 65535)", text);
  }

  @Test
  void aRunOfNoRecordsIsRefused() {
    assertThatThrownBy(() -> new Options.Count().convert("0"))
        .hasMessage("not a count of records: '0' (valid: at least 1)");
  }

  @Test
  void aCountThatIsNoneIsRefusedWithExamples() {
    assertThatThrownBy(() -> new Options.Count().convert("many"))
        .hasMessage("not a count: 'many' (valid: a whole number such as 1000000, 50k, 10M, 1B)");
  }
}
