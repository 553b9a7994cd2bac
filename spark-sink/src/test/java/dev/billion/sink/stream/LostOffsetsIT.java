// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.sink.testing.Program;
import dev.billion.sink.testing.Stack;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LostOffsetsIT {

  private static final String TOPIC = "expired";

  @TempDir private Path directory;

  @Test
  void recordsThatExpiredBeforeTheyWereReadAreNotPassedOver() throws Exception {
    // Given
    Stack.createTopic(TOPIC, 1);
    List<byte[]> records = Collections.nCopies(10, new byte[] {1});
    Stack.send(TOPIC, records);
    assertThat(drain().exit()).isZero();
    Stack.send(TOPIC, records);

    // When
    Stack.expire(TOPIC, 15);
    Program.Result result = drain();

    // Then
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.lastError())
        .startsWith(
            "error: records are gone from Kafka before they were committed: {expired-0=10}");
  }

  private Program.Result drain() {
    return Program.run(Stack.args("drain", TOPIC, directory));
  }
}
