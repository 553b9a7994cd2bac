// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.sink.testing.Program;
import dev.billion.sink.testing.Stack;
import dev.billion.sink.testing.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.RowFactory;
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
    Program.Result result = drain("--kafka-config", anotherConsumer());

    // Then
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.lastError())
        .startsWith("error: records are gone from Kafka before they were committed: {expired-0=10}")
        .endsWith("to go on without them and record the gap, --on-data-loss continue)");

    // When
    Program.Result accepted =
        drain("--kafka-config", anotherConsumer(), "--on-data-loss", "continue");
    Program.Result proof =
        Program.run(List.of("verify", "--json", "--table", directory + "/events"));

    // Then
    assertThat(accepted.exit()).isZero();
    assertThat(accepted.out().get(0))
        .startsWith("{\"events\":0,\"dead_letters\":5,\"batches\":1,\"lost_offsets\":5,");
    assertThat(Tables.query("topic, partition, from_offset, until_offset", directory + "/gaps", ""))
        .containsExactly(RowFactory.create(TOPIC, 0, 10L, 15L));
    assertThat(proof.out().get(0)).contains("\"lost_offsets\":5,");
    assertThat(proof.lastError()).contains("5 offsets were gone from Kafka before they were read");
  }

  /** For that of the drain before may have read what was sent right after it. */
  private String anotherConsumer() throws IOException {
    return Files.writeString(directory.resolve("kafka.properties"), "client.id=another").toString();
  }

  private Program.Result drain(String... more) {
    return Program.run(Stack.args("drain", TOPIC, directory, more));
  }
}
