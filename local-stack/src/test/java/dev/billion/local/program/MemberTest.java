// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.program;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemberTest {

  @Test
  void recordsOnTheirWayAreReadFromItsHealth() throws Exception {
    assertThat(
            Member.inFlight(
                """
                {"status": "UP", "checks": [
                  {"name": "other", "status": "UP"},
                  {"name": "records flow", "status": "UP",
                   "data": {"in flight records": 2048, "ms without acknowledgement": 12}}]}
                """))
        .isEqualTo(2048);
    assertThat(Member.inFlight("{\"status\": \"UP\", \"checks\": []}")).isZero();
  }
}
