// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShareTest {

  @ParameterizedTest
  @CsvSource({"0%, 0", "0.01%, 100000", "1%, 10000000", "33.3%, 333000000", "100%, 1000000000"})
  void isReadAndWrittenInPercent(String text, int billionths) {
    assertThat(Share.parse(text)).isEqualTo(new Share(billionths)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "-1%", "100.1%", "0.00000001%", "%", "many", "9999999999%"})
  void anythingElseIsToldInOneLine(String text) {
    assertThatThrownBy(() -> Share.parse(text))
        .hasMessage("not a share: '%s' (valid: 0%% to 100%%, such as 1%% or 0.01%%)", text);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100_000, 333_333_333, 600_000_001, 999_999_999, 1_000_000_000})
  void partsFollowEachOtherAndEachHoldsAnEvent(int billionths) {
    // Given
    Share share = new Share(billionths);
    Random random = new Random(billionths);

    for (int i = 0; i < 10_000; i++) {
      // When
      long index = random.nextLong(1L << 62) >>> random.nextInt(60);
      long part = share.part(index);

      // Then
      assertThat(share.firstOf(part)).isLessThanOrEqualTo(index);
      assertThat(share.firstOf(part + 1)).isGreaterThan(index);
      assertThat(share.part(share.firstOf(part))).isEqualTo(part);
    }
  }

  @Test
  void allAndNoneAreTakenAsTheySay() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      long word = random.nextLong();
      assertThat(Share.parse("100%").takes(word)).isTrue();
      assertThat(Share.NONE.takes(word)).isFalse();
    }
  }
}
