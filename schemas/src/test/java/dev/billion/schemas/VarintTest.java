// SPDX-License-Identifier: Apache-2.0
package dev.billion.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VarintTest {

  /** Where a number gets another byte, and its neighbours, of both signs. */
  static LongStream numbers() {
    return LongStream.concat(
        LongStream.of(0, Long.MIN_VALUE, Long.MAX_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE),
        LongStream.range(0, 9)
            .map(bytes -> 1L << (7 * (bytes + 1) - 1))
            .flatMap(limit -> LongStream.of(limit - 1, limit, -limit, -limit - 1)));
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void isWrittenAsAvroDoes(long number) throws IOException {
    // Given
    ByteArrayOutputStream avro = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(avro, null);
    encoder.writeLong(number);
    byte[] bytes = new byte[12];

    // When
    int end = Varint.write(bytes, 1, number);

    // Then
    assertThat(Arrays.copyOfRange(bytes, 1, end)).isEqualTo(avro.toByteArray());
    assertThat(Varint.size(number)).isEqualTo(avro.size());
  }
}
