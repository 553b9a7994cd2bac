// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.stream.LongStream;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsersTest {

  private static final int BEFORE_REGISTERS = 40;

  @Test
  void registersAreThoseThatASketchHasOfTheSameUsers() {
    long[] users = LongStream.range(-40_000, 40_000).map(user -> user * 1_000_003).toArray();
    HllSketch sketch = new HllSketch(Registers.LG_NUMBER, TgtHllType.HLL_8);
    byte[] registers = new byte[Registers.NUMBER];
    for (long user : users) {
      sketch.update(user);
      Registers.add(registers, user);
    }

    assertThat(sketch.toUpdatableByteArray())
        .hasSize(BEFORE_REGISTERS + Registers.NUMBER)
        .endsWith(registers);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 192, 193, 400, 5_000, 200_000})
  void usersAreCountedHoweverTheyAreDivided(int count) {
    long[] all = LongStream.range(0, count).toArray();
    byte[] known = usersOf(all, 0, count / 3).sketch(null);
    Users some = usersOf(all, count / 4, count / 2);
    some.addAll(usersOf(all, count / 3, count).toBytes());

    HllSketch sketch = HllSketch.heapify(some.sketch(known));

    assertThat(sketch.getEstimate()).isCloseTo(count, withinPercentage(5));
    assertThat(sketch.getTgtHllType()).isEqualTo(TgtHllType.HLL_4);
  }

  @Test
  void fewUsersOfManyEventsAreCountedExactly() {
    Users users = new Users();
    for (int i = 0; i < 10_000; i++) {
      users.addAll(new long[] {i % 150}, 0, 1);
    }

    HllSketch sketch = HllSketch.heapify(users.sketch(null));
    assertThat(Math.round(sketch.getEstimate())).isEqualTo(150);
  }

  private static Users usersOf(long[] all, int from, int until) {
    Users users = new Users();
    for (int i = from; i < until; i++) {
      users.addAll(all, i, i + 1);
    }
    return users;
  }
}
