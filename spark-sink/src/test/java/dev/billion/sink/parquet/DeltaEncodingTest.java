// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parquet-java is the reader that all of it is held against. */
class DeltaEncodingTest {

  private final Random random = new Random(11);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 32, 33, 34, 128, 129, 130, 161, 257, 1000})
  void numbersMayHaveAnyWidth(int count) throws IOException {
    for (int shift = 0; shift < Long.SIZE; shift++) {
      long[] numbers = random.longs(count).toArray();
      for (int i = 0; i < count; i++) {
        numbers[i] >>= shift;
      }

      assertThat(decode(encode(numbers, false), count)).isEqualTo(numbers);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 33, 129, 1000})
  void narrowNumbersHaveNarrowDifferences(int count) throws IOException {
    long[] numbers = random.ints(count).asLongStream().toArray();

    Bytes encoded = encode(numbers, true);

    assertThat(decodeNarrow(encoded, count)).isEqualTo(numbers);
    assertThat(encoded.length()).as("bytes").isLessThan(600 + 5 * count);
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 64})
  void differencesMayOverflow(int bits) throws IOException {
    long least = -1L << bits - 1;
    long[] numbers =
        LongStream.range(0, 500).map(i -> i % 3 == 0 ? least : i % 3 == 1 ? ~least : 0).toArray();

    assertThat(decode(encode(numbers, false), 500)).isEqualTo(numbers);
    if (bits == Integer.SIZE) {
      assertThat(decodeNarrow(encode(numbers, true), 500)).isEqualTo(numbers);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void numbersThatGrowEvenlyTakeNextToNothing(boolean narrow) {
    long[] offsets = LongStream.range(5_000_000, 5_020_000).toArray();

    assertThat(encode(offsets, narrow).length()).as("bytes").isLessThan(1000);
  }

  private static Bytes encode(long[] numbers, boolean narrow) {
    Bytes bytes = new Bytes();
    DeltaEncoding.encode(numbers, numbers.length, narrow, bytes);
    return bytes;
  }

  private static long[] decode(Bytes bytes, int count) throws IOException {
    DeltaBinaryPackingValuesReader reader = reader(bytes, count);
    return LongStream.generate(reader::readLong).limit(count).toArray();
  }

  private static long[] decodeNarrow(Bytes bytes, int count) throws IOException {
    DeltaBinaryPackingValuesReader reader = reader(bytes, count);
    return LongStream.generate(reader::readInteger).limit(count).toArray();
  }

  private static DeltaBinaryPackingValuesReader reader(Bytes bytes, int count) throws IOException {
    DeltaBinaryPackingValuesReader reader = new DeltaBinaryPackingValuesReader();
    reader.initFromPage(
        count, ByteBufferInputStream.wrap(ByteBuffer.wrap(bytes.array(), 0, bytes.length())));
    return reader;
  }
}
