// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.producer.run.Quantiles;
import dev.billion.producer.run.Run;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SummaryTest {

  private final Summary summary =
      new Summary(
          new Run(0x0193a5c1f2aaL, 1, 4, 10, 1000),
          9,
          1,
          6,
          new long[] {3, 3, 2, 2},
          1080,
          2.0,
          new Quantiles(0.5, 4, 7),
          Optional.of(new Quantiles(0.25, 2, 3)),
          new Quantiles(10, 20, 30.25));

  @Test
  void jsonTellsWhatMustBeInTheTable() {
    assertThat(summary.render(true))
        .isEqualTo(
            "{\"run\":\"0193a5c1f2aa\",\"seed\":1,\"shards\":4,\"records\":9,\"dead_letters\":1,"
                + "\"poison\":6,"
                + "\"bytes\":1080,\"seconds\":2.0,\"records_per_second\":5,"
                + "\"schedule_delay_ms\":{\"p50\":0.5,\"p99\":4.0,\"max\":7.0},"
                + "\"steady_schedule_delay_ms\":{\"p50\":0.25,\"p99\":2.0,\"max\":3.0},"
                + "\"batch_latency_ms\":{\"p50\":10.0,\"p99\":20.0,\"max\":30.25},"
                + "\"next_sequences\":[3,3,2,2]}");
  }

  @Test
  void textIsForPeople() {
    assertThat(summary.render(false))
        .contains("run           0193a5c1f2aa (seed 1, 4 shards)")
        .contains("poison        6")
        .contains("volume        1.1k bytes, 120.0 a record")
        .contains("behind        0.5 ms, 99% of batches within 4.0 ms, all within 7.0 ms");
  }
}
