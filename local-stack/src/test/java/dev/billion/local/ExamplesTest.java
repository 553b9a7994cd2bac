// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ExamplesTest {

  private final Examples examples = new Examples("127.0.0.1:9092", "http://127.0.0.1:8081", "t");

  @Test
  void commandsCanBeCopiedAsTheyAre() {
    assertThat(examples.produce())
        .isEqualTo(
            "./billion produce --records 1M --bootstrap 127.0.0.1:9092"
                + " --registry http://127.0.0.1:8081 --topic t");
    assertThat(examples.sink(Path.of("/d")))
        .isEqualTo(
            "./billion sink --bootstrap 127.0.0.1:9092 --registry http://127.0.0.1:8081 --topic t"
                + " --table /d/events --dead-letters /d/dead_letters --checkpoint /d/checkpoint"
                + " --drain");
  }

  @Test
  void pathsThatAShellWouldSplitAreQuoted() {
    assertThat(Examples.up(Path.of("/my data/it's")))
        .isEqualTo("./billion up --dir '/my data/it'\\''s'");
  }
}
