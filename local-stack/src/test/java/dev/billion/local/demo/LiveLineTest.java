// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LiveLineTest {

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(shown, true, UTF_8);

  @Test
  void aLineSaysHowFarBothEndsAre() {
    assertThat(LiveLine.render(at(Duration.ofSeconds(12), 2)))
        .isEqualTo(
            "00:12  sent 1.2M of 10.0M (100.0k/s)  committed 1.1M (98.0k/s)  lag 100.0k"
                + "  dead letters 3  sink restarts 2  01:30 left");
    assertThat(LiveLine.render(at(Duration.ofMinutes(61), 0)))
        .startsWith("1:01:00  ")
        .doesNotContain("restarts");
  }

  @Test
  void aTerminalShowsOneLineThatIsWrittenOver() {
    // When
    try (LiveLine line = new LiveLine(out, true)) {
      line.show(at(Duration.ofSeconds(1), 0));
      line.show(at(Duration.ofMillis(1_500), 0));
    }

    // Then
    assertThat(shown.toString(UTF_8).split("\r", -1)).hasSize(3);
    assertThat(shown.toString(UTF_8).lines()).hasSize(3);
    assertThat(shown.toString(UTF_8)).endsWith(System.lineSeparator());
  }

  @Test
  void aFileGetsALineEveryTwoSeconds() {
    // When
    try (LiveLine line = new LiveLine(out, false)) {
      for (int tick = 0; tick < 9; tick++) {
        line.show(at(Duration.ofMillis(500L * tick), 0));
      }
    }

    // Then
    assertThat(shown.toString(UTF_8).lines().map(text -> text.substring(0, 5)))
        .containsExactly("00:00", "00:02", "00:04");
  }

  private static Progress at(Duration elapsed, int restarts) {
    return new Progress(
        elapsed, 10_000_000, 1_200_000, 1_100_000, 100_000, 100_000, 98_000, 3, restarts);
  }
}
