// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.hll.Union;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The images of sketches against those that the library makes of the same users. */
class Hll4Test {

  private static final int REGISTERS = 40;
  private static final int EXCEPTIONS = REGISTERS + Registers.NUMBER / 2;

  /** From none to so many that every register is used, and some by more than 15. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1_000, 5_000, 30_000, 300_000, 3_000_000})
  void anImageIsThatOfTheLibrary(int users) {
    Union union = new Union(Registers.LG_NUMBER); // whose registers are in the order of no stream
    union.update(HllSketch.heapify(Hll4.of(new byte[Registers.NUMBER])));
    byte[] registers = registers(0, users);
    LongStream.range(0, users).forEach(union::update);
    byte[] expected = union.getResult(TgtHllType.HLL_4).toCompactByteArray();
    Arrays.fill(expected, 8, 16, (byte) 0); // an estimate by the order, which is not looked at

    byte[] image = Hll4.of(registers);

    assertThat(image).hasSameSizeAs(expected);
    assertThat(Arrays.copyOf(image, EXCEPTIONS)).isEqualTo(Arrays.copyOf(expected, EXCEPTIONS));
    HllSketch sketch = HllSketch.heapify(image);
    assertThat(registers(sketch)).isEqualTo(registers);
    assertThat(sketch.getEstimate()).isEqualTo(HllSketch.heapify(expected).getEstimate());
  }

  /** In each of the library's forms: a list, a set, registers. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 100, 1_000, 30_000, 3_000_000})
  void usersOfAnImageAreCounted(int users) {
    for (TgtHllType type : TgtHllType.values()) {
      HllSketch known = new HllSketch(Registers.LG_NUMBER, type);
      LongStream.range(0, users).forEach(known::update);
      byte[] expected = registers(0, users + 2_000);

      byte[] registers = registers(users, users + 2_000);
      Hll4.addTo(registers, known.toCompactByteArray());
      assertThat(registers).isEqualTo(expected);

      registers = registers(users, users + 2_000);
      Hll4.addTo(registers, known.toUpdatableByteArray());
      assertThat(registers).isEqualTo(expected);
    }
  }

  private static byte[] registers(int from, int until) {
    return Registers.of(LongStream.range(from, until).toArray());
  }

  private static byte[] registers(HllSketch sketch) {
    byte[] image = sketch.copyAs(TgtHllType.HLL_8).toUpdatableByteArray();
    return Arrays.copyOfRange(image, REGISTERS, REGISTERS + Registers.NUMBER);
  }
}
