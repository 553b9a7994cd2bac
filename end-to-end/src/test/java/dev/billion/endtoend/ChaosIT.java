// SPDX-License-Identifier: Apache-2.0
package dev.billion.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.billion.local.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./billion chaos}, short, with the packaged emitter and sink on three brokers. */
class ChaosIT {

  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

  @TempDir Path directory;
  private final List<String> stdout = new CopyOnWriteArrayList<>();
  private final List<String> stderr = new CopyOnWriteArrayList<>();

  @Test
  void killsInEveryPartAreSurvivedAndTheProofFindsEveryRecordAndAllPoison() throws Exception {
    // When
    ChildProcess chaos =
        ChildProcess.start(
            new ChildProcess.Command(
                "chaos",
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Dbillion.home=" + HOME,
                    "-jar",
                    HOME.resolve("local-stack/target/local-stack.jar").toString(),
                    "chaos",
                    "--minutes=0.25",
                    "--seed=2",
                    "--brokers=3",
                    "--rate=5k",
                    "--faults=emitter-kill,sink-kill,broker-kill,registry-kill",
                    "--dir=" + directory.resolve("chaos"),
                    "--json"),
                Map.of("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1"),
                directory.resolve("chaos.log")),
            stdout::add,
            stderr::add);

    // Then
    int status = chaos.onExit().orTimeout(5, TimeUnit.MINUTES).join();
    assertThat(status).as(this::whatHappened).isZero();
    assertThat(stderr).anyMatch(line -> line.matches("\\d\\d:\\d\\d  broker-kill for .* s"));
    assertThat(stdout).hasSize(1);
    JsonNode result = new ObjectMapper().readTree(stdout.get(0));
    assertThat(result.get("ok").asBoolean()).isTrue();
    assertThat(result.get("survived").get("emitter-kill").asInt()).isPositive();
    assertThat(result.get("survived").get("sink-kill").asInt()).isPositive();
    assertThat(result.get("survived").get("broker-kill").asInt()).isPositive();
    assertThat(result.get("survived").get("registry-kill").asInt()).isPositive();
    assertThat(result.get("records").asLong()).isGreaterThan(5_000 * 15);
    assertThat(result.get("missing").asLong()).isZero();
    assertThat(result.get("duplicates").asLong()).isZero();
    assertThat(result.get("poison").asLong()).isPositive();
    assertThat(result.get("dead_letters")).isEqualTo(result.get("poison"));
  }

  /** What it said, and the emitters' logs: the work place is gone when the test has failed. */
  private String whatHappened() {
    StringBuilder text = new StringBuilder(String.join("\n", stderr));
    try (var logs = Files.newDirectoryStream(directory.resolve("chaos/logs"), "emitter-*.log")) {
      for (Path log : logs) {
        text.append("\n\n").append(log.getFileName()).append("\n").append(Files.readString(log));
      }
    } catch (IOException e) {
      text.append("\n").append(e);
    }
    return text.toString();
  }
}
