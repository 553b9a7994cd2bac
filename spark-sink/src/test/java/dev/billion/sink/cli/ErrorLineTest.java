// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.sink.SinkException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ErrorLineTest {

  @Test
  void ourOwnWordsAreFoundHoweverDeep() {
    Exception failure = new RuntimeException("job\nstack", new SinkException("no table at x"));

    assertThat(ErrorLine.of(failure)).isEqualTo("error: no table at x");
  }

  @Test
  void aFullDiskIsSaidToBeOne() {
    Exception failure =
        new RuntimeException("task failed", new IOException("No space left on device"));

    assertThat(ErrorLine.of(failure)).startsWith("error: disk full: No space left on device");
  }

  @Test
  void anythingElseIsItsRootCauseInOneLine() {
    Exception failure = new RuntimeException("outer", new IOException("inner\n\tat somewhere"));

    assertThat(ErrorLine.of(failure)).isEqualTo("error: IOException: inner");
  }
}
