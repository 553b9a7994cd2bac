// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunTest {

  @ParameterizedTest
  @CsvSource({"1,0", "1,5", "64,0", "64,1", "64,63", "64,64", "64,1000", "4096,4095", "7,100"})
  void nextSequencesAreThoseAfterTheEventsDealt(int shards, long count) {
    // Given
    Run run = new Run(1, 1, shards, count, 1);
    long[] dealt = new long[shards];
    for (long index = 0; index < count; index++) {
      int shard = (int) (index % shards);
      assertThat(run.indexOf(shard, dealt[shard]++)).isEqualTo(index);
    }

    // Then
    assertThat(IntStream.range(0, shards).mapToLong(shard -> run.nextSequence(shard, count)))
        .containsExactly(Arrays.stream(dealt).boxed().toArray(Long[]::new));
  }

  @Test
  void nameIsTwelveHexDigitsAndReadsBack() {
    assertThat(new Run(0x0193a5c1f2aaL, 1, 1, 1, 1).name()).isEqualTo("0193a5c1f2aa");
    assertThat(Run.parseId("0193a5c1f2aa")).isEqualTo(0x0193a5c1f2aaL);
    assertThatThrownBy(() -> Run.parseId("run-1"))
        .hasMessage("not a run: 'run-1' (valid: up to 12 hexadecimal digits)");
  }

  @Test
  void aPartOutOfRangeIsNamedWithItsValue() {
    assertThatThrownBy(() -> new Run(1, 1, 0, 1, 1)).hasMessage("must be from 1 to 4096: shards=0");
    assertThatThrownBy(() -> new Run(1L << 48, 1, 1, 1, 1))
        .hasMessageContaining("run=281474976710656");
    assertThatThrownBy(() -> new Run(1, 1, 1, 1, 0)).hasMessageContaining("event rate=0");
  }
}
