// SPDX-License-Identifier: Apache-2.0
package dev.billion.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReleasedSchemasTest {

  static Stream<Arguments> subjects() {
    return Stream.of(
        Arguments.of(ReleasedSchemas.userEvent(), UserEvent.getClassSchema()),
        Arguments.of(ReleasedSchemas.deadLetter(), DeadLetter.getClassSchema()));
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void everyVersionReadsWhatAllItsPredecessorsWrote(List<Schema> versions, Schema current) {
    assertThat(versions).isNotEmpty();
    for (int reader = 0; reader < versions.size(); reader++) {
      for (int writer = 0; writer <= reader; writer++) {
        assertThat(compatibility(versions.get(reader), versions.get(writer)))
            .as("v%d reads v%d", reader + 1, writer + 1)
            .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void generatedClassesAreOfAReleasedVersionAndReadEveryOther(
      List<Schema> versions, Schema current) {
    // The generator turns strings into java.lang.String by a property, which the file does not
    // have.
    assertThat(versions).contains(withoutStringProperty(current));
    for (Schema writer : versions) {
      assertThat(compatibility(current, writer)).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }
  }

  @Test
  void theSecondUserEventIsTheFirstAndAnAppVersion() {
    List<Schema> versions = ReleasedSchemas.userEvent();
    List<Schema.Field> first = versions.get(0).getFields();
    List<Schema.Field> second = versions.get(1).getFields();

    assertThat(withoutStringProperty(UserEvent.getClassSchema())).isEqualTo(versions.get(0));
    assertThat(second.subList(0, first.size())).isEqualTo(first);
    assertThat(second.subList(first.size(), second.size()))
        .extracting(Schema.Field::name)
        .containsExactly("app_version");
  }

  @Test
  void aNewRequiredFieldWouldBeFoundOut() {
    // Given
    Schema current = ReleasedSchemas.userEvent().get(0);
    Schema breaking =
        new Schema.Parser()
            .parse(
                current
                    .toString()
                    .replace(
                        "\"fields\":[", "\"fields\":[{\"name\":\"tenant\",\"type\":\"string\"},"));

    // Then
    assertThat(compatibility(breaking, current)).isEqualTo(SchemaCompatibilityType.INCOMPATIBLE);
  }

  private static SchemaCompatibilityType compatibility(Schema reader, Schema writer) {
    return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType();
  }

  private static Schema withoutStringProperty(Schema schema) {
    String text =
        schema
            .toString()
            .replace("{\"type\":\"string\",\"avro.java.string\":\"String\"}", "\"string\"");
    return new Schema.Parser().parse(text);
  }
}
