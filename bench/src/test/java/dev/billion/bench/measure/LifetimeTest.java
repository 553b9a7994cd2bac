// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billion.bench.report.Figure;
import dev.billion.local.ChildProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that tell of progress as a sink does; any will do. */
class LifetimeTest {

  private static final String HALF = "echo '{\"progress\":\"sink\",\"events\":500}' >&2;";
  private static final String ALL = "echo '{\"progress\":\"sink\",\"events\":1000}' >&2;";
  private static final String WORK = "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done;";

  @TempDir private Path directory;

  @Test
  void theWholeProcessorTimeOfAProgramCountsAlsoThatAfterItsLastWord() throws Exception {
    // When
    Lifetime life = Lifetime.of(command(ALL + WORK));

    // Then
    assertThat(life.records()).isEqualTo(1000);
    assertThat(life.figures().get(Figure.CPU_SECONDS_PER_MILLION)).isPositive();
    assertThat(life.figures().get(Figure.RECORDS_PER_SECOND)).isPositive();
  }

  @Test
  void aProgramThatTellsOfProgressOnceHasNoSteadyPart() throws Exception {
    // When
    Lifetime life = Lifetime.of(command(ALL + ALL));

    // Then
    assertThat(life.steady()).isFalse();
    assertThat(life.figures()).doesNotContainKey(Figure.STEADY_RECORDS_PER_SECOND);
  }

  @Test
  void theSteadyPartIsThatAfterTheFirstProgress() throws Exception {
    // When
    Lifetime life = Lifetime.of(command(HALF + WORK + ALL + WORK));

    // Then
    assertThat(life.steady()).isTrue();
    assertThat(life.figures().get(Figure.STEADY_RECORDS_PER_SECOND)).isPositive();
  }

  @Test
  void aProgramThatFailsOrDoesNothingIsOneLine() {
    assertThatThrownBy(() -> Lifetime.of(command("exit 3")))
        .hasMessageStartingWith("the program ended with status 3; its log: ");
    assertThatThrownBy(() -> Lifetime.of(command("true")))
        .hasMessageStartingWith("the program did nothing; its log: ");
  }

  private ChildProcess.Command command(String script) {
    return new ChildProcess.Command(
        "program", List.of("/bin/sh", "-c", script), Map.of(), directory.resolve("program.log"));
  }
}
