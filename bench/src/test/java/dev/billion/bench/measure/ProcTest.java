// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcTest {

  @Test
  void processorTimeIsThatOfUserAndKernelWhateverTheProgramIsCalled() {
    String stat =
        "4711 (my) (java 7) S 1 4711 4711 0 -1 4194304 90 0 0 0 1234 66 8 9 20 0 31 0 5 6 7";

    assertThat(Proc.cpuSeconds(stat)).isEqualTo(13.0);
  }

  @Test
  void theTimeOfEndedChildrenIsCountedApart() {
    String stat =
        "4711 (my) (java 7) S 1 4711 4711 0 -1 4194304 90 0 0 0 1234 66 800 9 20 0 31 0 5 6 7";

    assertThat(Proc.endedChildrenCpuSeconds(stat)).isEqualTo(8.09);
  }

  @Test
  void theMostMemoryIsItsHighWaterMark() {
    List<String> status = List.of("Name:\tjava", "VmHWM:\t  349184 kB", "VmRSS:\t  120000 kB");

    assertThat(Proc.peakMib(status)).isEqualTo(341.0);
  }

  @Test
  void aProcessThatHasLetGoOfItsMemoryHasNone() {
    assertThat(Proc.peakMib(List.of("Name:\tjava", "State:\tZ (zombie)"))).isZero();
  }

  @Test
  void whatTheKernelSaysOfThisProcessIsUnderstood() throws Exception {
    Proc self = Proc.of(ProcessHandle.current().pid());

    assertThat(self.cpuSeconds()).isPositive();
    assertThat(self.peakMib()).isPositive();
  }
}
