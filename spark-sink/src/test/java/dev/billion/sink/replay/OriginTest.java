// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.replay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OriginTest {

  @Test
  void aKeyIsReadableAndIsReadBack() {
    Origin origin = new Origin("user-events-2", 17, "TOO_SHORT");

    assertThat(origin.key()).isEqualTo("TOO_SHORT user-events-2-17");
    assertThat(Origin.parse(origin.key())).isEqualTo(origin);
  }
}
