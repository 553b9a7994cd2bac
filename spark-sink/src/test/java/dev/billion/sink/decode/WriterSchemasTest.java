// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billion.schemas.DeadLetterReason;
import dev.billion.schemas.UserEvent;
import dev.billion.schemas.registry.RegistryException;
import dev.billion.sink.testing.HttpRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WriterSchemasTest {

  private final HttpRegistry registry = new HttpRegistry();
  private final WriterSchemas schemas =
      new WriterSchemas(EventLayout.USER_EVENT, registry.client()::schemaById);

  @AfterEach
  void stopRegistry() {
    registry.close();
  }

  @Test
  void aKnownSchemaIsAskedForOnce() {
    registry.put(3, UserEvent.getClassSchema());

    schemas.get(3, 0);

    assertThat(schemas.get(3, 0))
        .isEqualTo(new WriterSchema.Readable(UserEvent.getClassSchema(), null));
    assertThat(registry.calls()).isEqualTo(1);
  }

  @Test
  void anUnknownSchemaStaysUnknownForABatchAndIsAskedForAgainInTheNext() {
    assertThat(reason(3)).isEqualTo(DeadLetterReason.UNKNOWN_SCHEMA_ID);
    registry.put(3, UserEvent.getClassSchema());
    assertThat(reason(3)).isEqualTo(DeadLetterReason.UNKNOWN_SCHEMA_ID);
    assertThat(registry.calls()).isEqualTo(1);

    assertThat(schemas.get(3, 1)).isInstanceOf(WriterSchema.Readable.class);
  }

  @Test
  void aSchemaThatIsNotAvroCannotBeRead() {
    registry.putAnswer(3, "{\"schemaType\":\"PROTOBUF\",\"schema\":\"syntax = 'proto3';\"}");

    assertThat(reason(3)).isEqualTo(DeadLetterReason.INCOMPATIBLE_SCHEMA);
  }

  @Test
  void aRegistryThatIsDownIsNoReasonToGiveUpARecord() {
    registry.close();

    assertThatThrownBy(() -> schemas.get(3, 0)).isInstanceOf(RegistryException.Unreachable.class);
  }

  private DeadLetterReason reason(int id) {
    return ((WriterSchema.Unreadable) schemas.get(id, 0)).reason();
  }
}
