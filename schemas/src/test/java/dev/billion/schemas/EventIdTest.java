// SPDX-License-Identifier: Apache-2.0
package dev.billion.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventIdTest {

  @Test
  void everyIdComesBackFromItsBytes() {
    // Given
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      EventId id =
          new EventId(
              random.nextLong() & EventId.MAX_RUN,
              random.nextInt() & EventId.MAX_SHARD,
              random.nextLong() & EventId.MAX_SEQUENCE);

      // When
      byte[] bytes = id.toBytes();

      // Then
      assertThat(EventId.read(bytes, 0)).isEqualTo(id);
      assertThat(EventId.isEventId(bytes, 0)).isTrue();
    }
  }

  @Test
  void isAUuidOfVersion8AndTheRfcVariant() {
    // When
    UUID uuid = new EventId(EventId.MAX_RUN, EventId.MAX_SHARD, EventId.MAX_SEQUENCE).toUuid();

    // Then
    assertThat(uuid).hasToString("ffffffff-ffff-8fff-bfff-ffffffffffff");
    assertThat(uuid.version()).isEqualTo(8);
    assertThat(uuid.variant()).isEqualTo(2);
  }

  @Test
  void layoutIsRunThenShardThenSequence() {
    assertThat(new EventId(0x0193a5c1f2aaL, 0x02a, 7).toUuid())
        .hasToString("0193a5c1-f2aa-802a-8000-000000000007");
  }

  @Test
  void readsAtAnOffset() {
    // Given
    byte[] value = new byte[40];
    EventId id = new EventId(1, 2, 3);
    System.arraycopy(id.toBytes(), 0, value, 5, EventId.BYTES);

    // Then
    assertThat(EventId.read(value, 5)).isEqualTo(id);
    assertThat(EventId.run(value, 5)).isEqualTo(1);
    assertThat(EventId.shard(value, 5)).isEqualTo(2);
    assertThat(EventId.sequence(value, 5)).isEqualTo(3);
  }

  @Test
  void aPartOutOfRangeIsNamedWithItsValue() {
    assertThatThrownBy(() -> new EventId(1L << 48, 0, 0))
        .hasMessage("must be from 0 to 281474976710655: run=281474976710656");
    assertThatThrownBy(() -> new EventId(0, 4096, 0))
        .hasMessage("must be from 0 to 4095: shard=4096");
    assertThatThrownBy(() -> new EventId(0, 0, -1))
        .hasMessage("must be from 0 to 4611686018427387903: sequence=-1");
  }

  @Test
  void anotherUuidIsNotAnEventId() {
    // Given
    byte[] random = new EventId(1, 2, 3).toBytes();
    random[6] = 0x40;

    // Then
    assertThat(EventId.isEventId(random, 0)).isFalse();
    assertThat(EventId.isEventId(new byte[15], 0)).isFalse();
    assertThatThrownBy(() -> EventId.read(random, 0))
        .hasMessage("not a UUID of version 8: 00000000-0001-4002-8000-000000000003");
  }
}
