// SPDX-License-Identifier: Apache-2.0
package dev.billion.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BigEndianTest {

  @Test
  void someBytesAreANumberWhateverIsAroundThem() {
    byte[] bytes = new byte[24];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (0x81 + 7 * i);
    }
    for (int count = 0; count <= Long.BYTES; count++) {
      for (int end = count; end <= bytes.length; end++) {
        assertThat(BigEndian.getBytes(bytes, end, count))
            .as("%d bytes before %d", count, end)
            .isEqualTo(new BigInteger(1, Arrays.copyOfRange(bytes, end - count, end)).longValue());
      }
    }
  }

  @Test
  void noBytesAreZeroEvenBeforeTheFirst() {
    assertThat(BigEndian.getBytes(new byte[0], -5, 0)).isZero();
  }
}
