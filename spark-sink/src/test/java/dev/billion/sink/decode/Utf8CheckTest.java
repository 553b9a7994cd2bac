// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8CheckTest {

  @Test
  void itAgreesWithTheJdkOnRandomBytes() {
    Random random = new Random(42);
    for (int i = 0; i < 300_000; i++) {
      byte[] bytes = new byte[random.nextInt(12)];
      int ascii = random.nextInt(5);
      for (int j = 0; j < bytes.length; j++) {
        bytes[j] = (byte) (random.nextInt(4) < ascii ? random.nextInt(0x80) : random.nextInt());
      }
      int from = random.nextInt(12);
      byte[] within = new byte[from + bytes.length + 1];
      Arrays.fill(within, (byte) 0xFF);
      System.arraycopy(bytes, 0, within, from, bytes.length);
      assertThat(Utf8Check.isValid(within, from, bytes.length)).isEqualTo(jdkAccepts(bytes));
    }
  }

  @Test
  void itAcceptsEveryCharacterThereIs() {
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
        byte[] bytes = Character.toString(point).getBytes(UTF_8);
        assertThat(Utf8Check.isValid(bytes, 0, bytes.length)).isTrue();
      }
    }
  }

  @Test
  void itLooksBehindLongAsciiAndWithinTheRangeOnly() {
    byte[] bytes = "0123456789abcdef?".getBytes(UTF_8);
    bytes[16] = (byte) 0x80;

    assertThat(Utf8Check.isValid(bytes, 0, 16)).isTrue();
    assertThat(Utf8Check.isValid(bytes, 0, 17)).isFalse();
  }

  private static boolean jdkAccepts(byte[] bytes) {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
