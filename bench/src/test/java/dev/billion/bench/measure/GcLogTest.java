// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GcLogTest {

  private static final double MIB = 1024 * 1024;

  @Test
  void whatCameBetweenCollectionsWasAllocated() {
    // Given
    GcLog log =
        GcLog.parse(
            Stream.of(
                "[0.005s] Using G1",
                "[1.000s] GC(0) Pause Young (Normal) (G1 Evacuation Pause) 24M->4M(512M) 3.1ms",
                "[2.000s] GC(1) Pause Young (Normal) (G1 Evacuation Pause) 104M->5M(512M) 3.1ms",
                "[2.100s] GC(2) Concurrent Mark Cycle 21.112ms",
                "[2.500s] GC(2) Pause Remark 55M->50M(512M) 2.5ms",
                "[4.000s] GC(3) Pause Young (Normal) (G1 Evacuation Pause) 200M->6M(512M) 3.1ms"));

    // Then
    assertThat(log.allocatedPerSecond(0, 10)).hasValue((100 + 50 + 150) * MIB / 3);
    assertThat(log.allocatedPerSecond(1.5, 3)).hasValue(50 * MIB / 0.5);
  }

  @Test
  void oneCollectionTellsNothing() {
    GcLog log =
        GcLog.parse(
            Stream.of("[1.000s] GC(0) Pause Young (Allocation Failure) 24M->4M(512M) 3.1ms"));

    assertThat(log.allocatedPerSecond(0, 10)).isEmpty();
  }

  @Test
  void aNativeProgramsLinesAreUnderstoodAmongItsOthers() {
    GcLog log =
        GcLog.parse(
            Stream.of(
                "{\"progress\":\"produce\",\"sent\":1}",
                "[1.500s] GC(0) Pause Incremental GC (Collect on allocation) 25.50M->512.00K 1.2ms",
                "[2.500s] GC(1) Pause Full GC (Collect on allocation) 10.50M->1.00M 1.2ms"));

    assertThat(log.allocatedPerSecond(0, 10)).hasValue(10 * MIB);
  }
}
