// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billion.schemas.ReleasedSchemas;
import dev.billion.schemas.registry.RegistryClient;
import dev.billion.schemas.registry.RegistryConfig;
import dev.billion.schemas.registry.RegistryException;
import java.time.Duration;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Our registry client against the real registry. */
class RegistryIT {

  private static final Schema ONE_FIELD =
      SchemaBuilder.record("R").fields().requiredString("a").endRecord();
  private static final Schema OPTIONAL_FIELD_MORE =
      SchemaBuilder.record("R").fields().requiredString("a").optionalString("b").endRecord();
  private static final Schema REQUIRED_FIELD_MORE =
      SchemaBuilder.record("R").fields().requiredString("a").requiredString("c").endRecord();

  private static LocalStack stack;
  private static RegistryClient client;

  @BeforeAll
  static void start() {
    stack = LocalStack.builder().start();
    client = client(stack.registryUrl(), Duration.ofSeconds(30));
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @Test
  void aRegisteredSchemaIsFoundByItsId() {
    // Given
    Schema schema = ReleasedSchemas.userEvent().get(0);

    // When
    int id = client.register("found-value", schema);

    // Then
    assertThat(client.schemaById(id)).isEqualTo(schema);
    assertThat(client.register("found-value", schema)).isEqualTo(id);
  }

  @Test
  void anIdThatNobodyRegisteredIsUnknown() {
    assertThatThrownBy(() -> client.schemaById(2_000_000_000))
        .isInstanceOf(RegistryException.UnknownId.class)
        .hasMessage("registry %s knows no schema of id 2000000000", stack.registryUrl());
  }

  @Test
  void aNegativeIdIsUnknown() {
    assertThatThrownBy(() -> client.schemaById(-7)).isInstanceOf(RegistryException.UnknownId.class);
  }

  @Test
  void aSchemaThatCannotReadItsPredecessorIsRefused() {
    // Given
    client.register("evolving-value", ONE_FIELD);

    // When, Then
    assertThat(client.isCompatible("evolving-value", OPTIONAL_FIELD_MORE)).isTrue();
    assertThat(client.isCompatible("evolving-value", REQUIRED_FIELD_MORE)).isFalse();
    assertThatThrownBy(() -> client.register("evolving-value", REQUIRED_FIELD_MORE))
        .isInstanceOf(RegistryException.Incompatible.class)
        .hasMessageStartingWith("schema is not compatible with subject 'evolving-value': ");
  }

  @Test
  void aSubjectWithoutVersionsTakesAnySchema() {
    assertThat(client.isCompatible("new-value", ONE_FIELD)).isTrue();
  }

  @Test
  void idsSurviveACrash() {
    // Given
    int id = client.register("kept-value", ONE_FIELD);

    // When
    stack.registry().kill();
    stack.registry().restart();

    // Then
    assertThat(client.schemaById(id)).isEqualTo(ONE_FIELD);
    assertThat(client.register("kept-value", ONE_FIELD)).isEqualTo(id);
    assertThat(client.isCompatible("kept-value", REQUIRED_FIELD_MORE)).isFalse();
  }

  @Test
  void aRegistryThatIsNotThereIsUnreachableInOneLine() {
    // Given
    String nowhere = "http://127.0.0.1:%d/apis/ccompat/v7".formatted(Ports.freeForLater());
    RegistryClient lost = client(nowhere, Duration.ofSeconds(1));

    // When, Then
    assertThatThrownBy(() -> lost.schemaById(1))
        .isInstanceOf(RegistryException.Unreachable.class)
        .hasMessageStartingWith("registry %s not reachable within 1 s: ", nowhere)
        .message()
        .doesNotContain("\n");
  }

  private static RegistryClient client(String url, Duration deadline) {
    return new RegistryClient(RegistryConfig.of(url, deadline));
  }
}
