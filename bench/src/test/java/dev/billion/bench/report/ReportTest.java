// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final Report REPORT =
      new Report(
          "producer",
          new Machine("a cpu", 2, 1024, "Linux 6", "17", 0.5),
          JsonNodeFactory.instance.objectNode().put("rounds", 3),
          List.of(Figure.RECORDS_PER_SECOND, Figure.LATENCY_P99),
          List.of(
              new Row(
                  "raw",
                  true,
                  Map.of(Figure.RECORDS_PER_SECOND, 1234567.5, Figure.LATENCY_P99, 12.34)),
              new Row("emitter-jvm", false, Map.of(Figure.RECORDS_PER_SECOND, 89.0))));

  @Test
  void jsonIsOneLineAndWhatIsUnknownIsNull() {
    assertThat(REPORT.json())
        .isEqualTo(
            "{\"benchmark\":\"producer\",\"machine\":{\"cpu\":\"a cpu\",\"cores\":2,\"memory_mib\":1024,"
                + "\"os\":\"Linux 6\",\"java\":\"17\",\"load_average\":0.5},\"settings\":{\"rounds\":3},\"rows\":["
                + "{\"name\":\"raw\",\"steady\":true,\"records_per_second\":1234568,\"latency_p99_ms\":12.3},"
                + "{\"name\":\"emitter-jvm\",\"steady\":false,\"records_per_second\":89,\"latency_p99_ms\":null}]}");
  }

  @Test
  void theTableHasItsColumnsUnderEachOther() {
    assertThat(REPORT.table())
        .isEqualTo(
            """
                         records/s  p99 ms
            raw          1,234,568    12.3
            emitter-jvm         89       -""");
  }

  @Test
  void notesComeBelowTheTableAndWithTheirRow() {
    // Given
    Row row = new Row("sink", true, Map.of(Figure.RECORDS_PER_SECOND, 9.0), List.of("verified"));
    Report report =
        new Report(
            "sink",
            REPORT.machine(),
            JsonNodeFactory.instance.objectNode(),
            List.of(Figure.RECORDS_PER_SECOND),
            List.of(row));

    // Then
    assertThat(report.table())
        .isEqualTo(
            """
                  records/s
            sink          9
            sink: verified""");
    assertThat(report.json()).endsWith("\"records_per_second\":9,\"notes\":[\"verified\"]}]}");
  }

  @Test
  void machineIsThisOne() {
    Machine machine = Machine.read();

    assertThat(machine.cores()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(machine.memoryMib()).isPositive();
    assertThat(machine.os()).startsWith("Linux ");
  }
}
