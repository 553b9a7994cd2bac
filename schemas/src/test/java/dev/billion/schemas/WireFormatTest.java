// SPDX-License-Identifier: Apache-2.0
package dev.billion.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WireFormatTest {

  @Test
  void headerIsMagicZeroAndTheIdInBigEndian() {
    // When
    byte[] value = {9, 9, 9, 9, 9, 42};
    WireFormat.writeHeader(value, 0x01020304);

    // Then
    assertThat(value).containsExactly(0, 1, 2, 3, 4, 42);
    assertThat(WireFormat.schemaId(value)).isEqualTo(0x01020304);
    assertThat(WireFormat.defect(value)).isNull();
  }

  @Test
  void everyDefectHasItsReason() {
    assertThat(WireFormat.defect(null)).isEqualTo(DeadLetterReason.NULL_VALUE);
    assertThat(WireFormat.defect(new byte[0])).isEqualTo(DeadLetterReason.TOO_SHORT);
    assertThat(WireFormat.defect(new byte[4])).isEqualTo(DeadLetterReason.TOO_SHORT);
    assertThat(WireFormat.defect(new byte[5])).isNull();
    assertThat(WireFormat.defect(new byte[] {1})).isEqualTo(DeadLetterReason.BAD_MAGIC);
    assertThat(WireFormat.defect("{\"json\":1}".getBytes(UTF_8)))
        .isEqualTo(DeadLetterReason.BAD_MAGIC);
  }
}
