// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the autoscalers ask Prometheus for. */
class AdapterTest {

  private static final String DEMAND = "emitter_fleet_target_records_per_second";
  private static final String DELAY = "emitter_fleet_delay_seconds";

  private final Path manifests = Sources.here().manifests();
  private final Adapter adapter =
      Adapter.parse(Sources.read(manifests.resolve("adapter/config.yaml")), "billion");

  @TempDir Path directory;

  @Test
  void kedaAsksForTheSame() {
    Path file = manifests.resolve("components/keda/copied/scaled-object.yaml");

    assertThat(Manifests.parse(Sources.read(file)).find("ScaledObject", "emitter"))
        .hasValueSatisfying(
            scaled ->
                assertThat(
                        List.of(
                            scaled.at("spec.triggers.0.metadata.query").asText(),
                            scaled.at("spec.triggers.1.metadata.query").asText()))
                    .containsExactly(adapter.metrics().get(DEMAND), adapter.metrics().get(DELAY)));
  }

  /** The cases are in {@code src/test/resources/adapter.test.yml}. */
  @Test
  void whatTheyAskForIsWhatTheySay() throws IOException, InterruptedException {
    Needed.otherwise(
        Kustomize.isThere(System.getenv("PATH"), "promtool"),
        "the adapter's queries: promtool (Debian: prometheus) is not on the PATH");
    Files.writeString(
        directory.resolve("rules.yml"),
        """
        groups:
          - name: adapter
            rules:
              - record: asked:demand
                expr: |-
                  %s
              - record: asked:delay
                expr: |-
                  %s
        """
            .formatted(adapter.metrics().get(DEMAND), adapter.metrics().get(DELAY)));
    Files.copy(Path.of("src/test/resources/adapter.test.yml"), directory.resolve("test.yml"));
    Path said = directory.resolve("said");

    int exit =
        new ProcessBuilder("promtool", "test", "rules", "test.yml")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start()
            .waitFor();

    assertThat(exit).as(Files.readString(said)).isZero();
  }
}
