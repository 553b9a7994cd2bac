// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billion.sink.SinkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentRunTest {

  @TempDir private Path directory;

  @Test
  void theLastObjectOfAProducersOutputCounts() throws IOException {
    Path file =
        file(
            """
            starting
            {"run":"000000000001","shards":1,"next_sequences":[1]}
            {"run":"0193a5c1f2aa","shards":2,"records":7,"dead_letters":0,"poison":5,"next_sequences":[3,4]}
            """);

    assertThat(SentRun.read(file)).isEqualTo(new SentRun(0x0193a5c1f2aaL, List.of(3L, 4L), 5));
  }

  @Test
  void aSummaryThatTellsOfNoPoisonHasNone() throws IOException {
    Path file = file("{\"run\":\"0193a5c1f2aa\",\"shards\":1,\"next_sequences\":[3]}");

    assertThat(SentRun.read(file).poison()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no json",
        "{\"run\":\"0193a5c1f2aa\"",
        "{\"run\":\"zz\",\"shards\":1,\"next_sequences\":[1]}",
        "{\"run\":\"0193a5c1f2aa\",\"shards\":2,\"next_sequences\":[1]}",
        "{\"run\":\"0193a5c1f2aa\",\"shards\":1,\"next_sequences\":[-1]}",
        "{\"run\":\"0193a5c1f2aa\",\"shards\":1,\"next_sequences\":[1],\"poison\":-1}",
        "{\"run\":\"0193a5c1f2aa\",\"shards\":1,\"next_sequences\":[1],\"poison\":\"1%\"}",
        "{\"run\":\"0193a5c1f2aa\",\"shards\":1,\"next_sequences\":[\"many\"]}",
        "{\"run\":\"0193a5c1f2aa\",\"shards\":0,\"next_sequences\":[]}"
      })
  void whatIsNoSummaryIsRefusedWithTheFile(String content) throws IOException {
    Path file = file(content);

    assertThatThrownBy(() -> SentRun.read(file))
        .isInstanceOf(SinkException.class)
        .hasMessageStartingWith("no summary of a producer in " + file)
        .hasMessageContaining("valid: ");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Path absent = directory.resolve("absent");

    assertThatThrownBy(() -> SentRun.read(absent))
        .isInstanceOf(SinkException.class)
        .hasMessageContaining(absent.toString());
  }

  private Path file(String content) throws IOException {
    return Files.writeString(directory.resolve("sent.json"), content);
  }
}
