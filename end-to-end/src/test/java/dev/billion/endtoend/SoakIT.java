// SPDX-License-Identifier: Apache-2.0
package dev.billion.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.billion.local.ChildProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One round of {@code ./billion soak}, with the packaged emitter. */
class SoakIT {

  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

  @TempDir Path directory;
  private final List<String> stdout = new CopyOnWriteArrayList<>();
  private final List<String> stderr = new CopyOnWriteArrayList<>();

  @Test
  void aRoundEndsWithTheProof() throws Exception {
    // When
    ChildProcess soak =
        ChildProcess.start(
            new ChildProcess.Command(
                "soak",
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Dbillion.home=" + HOME,
                    "-jar",
                    HOME.resolve("local-stack/target/local-stack.jar").toString(),
                    "soak",
                    "--rounds=1",
                    "--seed=1",
                    "--records=60k",
                    "--disturbances=kill",
                    "--dir=" + directory.resolve("soak"),
                    "--json"),
                Map.of(),
                directory.resolve("soak.log")),
            stdout::add,
            stderr::add);

    // Then
    int status = soak.onExit().orTimeout(4, TimeUnit.MINUTES).join();
    assertThat(status).as(() -> String.join("\n", stderr)).isZero();
    assertThat(stderr)
        .anyMatch(line -> line.startsWith("round 1 of 1: kill, kill: every event once (seed 1, "));
    assertThat(stdout).hasSize(1);
    JsonNode result = new ObjectMapper().readTree(stdout.get(0));
    assertThat(result.get("ok").asBoolean()).isTrue();
    assertThat(result.get("records").asInt()).isEqualTo(60_000);
    assertThat(result.get("disturbances").get("kill").asInt()).isEqualTo(2);
  }
}
