// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.scan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What parquet-java, by whose files {@link FlatScan} is tested, does not write. */
class HybridDecoderTest {

  @Test
  void theLastGroupMayBeCutOff() {
    byte[] page = {9, 2 << 1 | 1, 0b01_10_11_00, 0b00_00_00_01, 0b00_00_11_10, 9, 9};
    HybridDecoder decoder = new HybridDecoder();
    decoder.begin(new ByteSource(page, 1, 5), 2);
    int[] numbers = new int[10];

    decoder.read(numbers, numbers.length);

    assertThat(numbers).containsExactly(0, 3, 2, 1, 1, 0, 0, 0, 2, 3);
  }

  @Test
  void numbersWithoutBitsAreZeroHoweverTheyAreCounted() {
    byte[] page = {3 << 1, 1 << 1 | 1};
    HybridDecoder decoder = new HybridDecoder();
    decoder.begin(new ByteSource(page, 0, page.length), 0);
    int[] numbers = {7, 7, 7, 7, 7};

    decoder.read(numbers, numbers.length);

    assertThat(numbers).containsOnly(0);
  }
}
