// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.append;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.common.record.DefaultRecord;
import org.apache.kafka.common.record.Record;
import org.junit.jupiter.api.Test;

class RecordBlockTest {

  private static final long[] TIMES = {0, 1, -1, 63, 64, 8_192, -5_000_000, Long.MAX_VALUE / 2};
  private static final int[] INDEXES = {1, 63, 64, 8_191, 8_192, Integer.MAX_VALUE};
  private static final int[] LENGTHS = {0, 1, 50, 63, 64, 110, 8_191, 8_192, 20_000};

  @Test
  void recordsAreWrittenAsKafkasClientDoes() throws IOException {
    for (long time : TIMES) {
      for (int index : INDEXES) {
        // Given
        RecordBlock block = new RecordBlock(64 * 1024);
        ByteArrayOutputStream kafka = new ByteArrayOutputStream();
        DataOutputStream stream = new DataOutputStream(kafka);
        ByteArrayOutputStream ours = new ByteArrayOutputStream();

        // When
        for (int length : LENGTHS) {
          byte[] value = new byte[length];
          Arrays.fill(value, (byte) length);
          int before = block.bytes();
          block.add(time, index, value);
          int size =
              DefaultRecord.writeTo(
                  stream, index, time, null, ByteBuffer.wrap(value), Record.EMPTY_HEADERS);
          assertThat(block.bytes() - before).isEqualTo(size);
          assertThat(size).isLessThanOrEqualTo(length + RecordBlock.MAX_OVERHEAD);
        }
        block.writeTo(ours);

        // Then
        assertThat(ours.toByteArray()).isEqualTo(kafka.toByteArray());
        assertThat(block.records()).isEqualTo(LENGTHS.length);
      }
    }
  }

  @Test
  void aBlockIsUsedAgain() {
    // Given
    RecordBlock block = new RecordBlock(100);
    block.add(0, 1, new byte[50]);

    // When
    block.clear();

    // Then
    assertThat(block.records()).isZero();
    assertThat(block.bytes()).isZero();
    assertThat(block.room()).isEqualTo(100 - RecordBlock.MAX_OVERHEAD);
  }
}
