// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.encode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EncodeBenchmarkTest {

  @Test
  void emitterAndAvroMakeTheSameBytes() throws Exception {
    // Given
    EncodeBenchmark emitter = new EncodeBenchmark();
    EncodeBenchmark avro = new EncodeBenchmark();
    emitter.fill();
    avro.fill();

    for (int event = 0; event < 1024; event++) {
      assertThat(avro.avroSpecificWriter()).isEqualTo(emitter.encode());
    }
  }
}
