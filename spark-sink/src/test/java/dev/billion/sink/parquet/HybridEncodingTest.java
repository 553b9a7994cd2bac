// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HybridEncodingTest {

  /** Runs of all lengths about a group's, after one another, so that groups begin anywhere. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 8, 9, 17})
  void parquetJavaReadsWhatIsEncoded(int width) throws IOException {
    Random random = new Random(width);
    for (int round = 0; round < 500; round++) {
      int[] values = runs(random, 1 + random.nextInt(300), width);

      Bytes encoded = encode(values, width);

      assertThat(decode(encoded, values.length, width))
          .as("width %d, round %d", width, round)
          .isEqualTo(values);
    }
  }

  @Test
  void oneValueTakesNoBits() throws IOException {
    Bytes encoded = encode(new int[1000], 0);

    assertThat(encoded.length()).isEqualTo(2);
    assertThat(decode(encoded, 1000, 0)).containsOnly(0);
  }

  @Test
  void aWidthIsThatOfTheLargestNumber() {
    assertThat(HybridEncoding.width(0)).isZero();
    assertThat(HybridEncoding.width(1)).isEqualTo(1);
    assertThat(HybridEncoding.width(255)).isEqualTo(8);
    assertThat(HybridEncoding.width(256)).isEqualTo(9);
  }

  private static int[] runs(Random random, int count, int width) {
    int[] values = new int[count];
    for (int at = 0; at < count; ) {
      int end = Math.min(count, at + 1 + random.nextInt(20));
      Arrays.fill(values, at, end, random.nextInt(1 << width));
      at = end;
    }
    return values;
  }

  private static Bytes encode(int[] values, int width) {
    Bytes out = new Bytes();
    int[] room = Arrays.copyOf(values, values.length + HybridEncoding.GROUP);
    HybridEncoding.encode(room, values.length, width, out);
    return out;
  }

  private static int[] decode(Bytes encoded, int count, int width) throws IOException {
    var in = new ByteArrayInputStream(encoded.array(), 0, encoded.length());
    var decoder = new RunLengthBitPackingHybridDecoder(width, in);
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] = decoder.readInt();
    }
    return values;
  }
}
