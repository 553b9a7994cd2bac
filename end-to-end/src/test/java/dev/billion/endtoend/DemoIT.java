// SPDX-License-Identifier: Apache-2.0
package dev.billion.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.billion.local.ChildProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo with the packaged emitter, sink and verifier, as {@code ./billion demo} starts it. */
class DemoIT {

  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final Path STACK = HOME.resolve("local-stack/target/local-stack.jar");
  private static final Path SINK = HOME.resolve("spark-sink/target/spark-sink.jar");
  private static final Duration LIFETIME = Duration.ofMinutes(6);

  /** For every JVM that is started: none lives long enough for the best compiler to pay. */
  private static final Map<String, String> QUICK_START =
      Map.of("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");

  @TempDir Path directory;
  private final List<String> stdout = new CopyOnWriteArrayList<>();

  @Test
  void everyRecordIsInTheTableOnceAndTheKeptTableProvesItAgain() throws Exception {
    // When
    ChildProcess demo = demo("--records", "200k", "--rate", "max");

    // Then
    assertThat(exitOf(demo)).isZero();
    JsonNode result = result();
    assertProved(result, 200_000);
    assertThat(result.get("sent_per_second").asDouble()).isPositive();
    assertThat(result.get("committed_per_second").asDouble()).isPositive();
    assertThat(result.get("seconds").asDouble()).isPositive();
    assertThat(descendants("").toList()).isEmpty();

    ChildProcess verifier =
        java(
            "verifier",
            SINK,
            "verify",
            "--json",
            "--table",
            directory.resolve("demo/events") + "",
            "--sent",
            directory.resolve("demo/sent.json") + "");
    assertThat(exitOf(verifier)).isZero();
    assertProved(result(), 200_000);
  }

  @Test
  void aSinkThatIsKilledInABatchIsStartedAgainAndNothingIsLostOrDoubled() throws Exception {
    // Given
    ChildProcess demo = demo("--records", "200k", "--rate", "20k", "--", "--poison", "0.1%");
    Path firstBatch = directory.resolve("demo/checkpoint/offsets/0");
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> Files.exists(firstBatch));

    // When
    descendants("spark-sink.jar").forEach(ProcessHandle::destroyForcibly);

    // Then
    assertThat(exitOf(demo)).isZero();
    assertProved(result(), 200_000);
    assertThat(result().get("sink_restarts").asInt()).isEqualTo(1);
    assertThat(result().get("poison").asInt()).isEqualTo(200);
    assertThat(result().get("dead_letters").asInt()).isEqualTo(200);
  }

  private ChildProcess demo(String... options) {
    List<String> arguments = new ArrayList<>(List.of("demo", "--json", "--dir"));
    arguments.add(directory.resolve("demo").toString());
    arguments.addAll(List.of(options));
    return java("demo", STACK, arguments.toArray(String[]::new));
  }

  private ChildProcess java(String name, Path jar, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Dbillion.home=" + HOME,
                "-jar",
                jar.toString()));
    command.addAll(Arrays.asList(arguments));
    return ChildProcess.start(
        new ChildProcess.Command(name, command, QUICK_START, directory.resolve(name + ".log")),
        stdout::add,
        line -> {});
  }

  private static int exitOf(ChildProcess process) {
    return process.onExit().orTimeout(LIFETIME.toSeconds(), TimeUnit.SECONDS).join();
  }

  private static Stream<ProcessHandle> descendants(String commandPart) {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().commandLine().orElse("").contains(commandPart));
  }

  private JsonNode result() throws JsonProcessingException {
    return new ObjectMapper().readTree(stdout.get(stdout.size() - 1));
  }

  private static void assertProved(JsonNode result, int records) {
    assertThat(result.get("ok").asBoolean()).isTrue();
    assertThat(result.get("runs")).hasSize(1);
    JsonNode run = result.get("runs").get(0);
    assertThat(run.get("shards").asInt()).isEqualTo(64);
    assertThat(run.get("records").asInt()).isEqualTo(records);
    assertThat(run.get("missing").asInt()).isZero();
    assertThat(run.get("duplicates").asInt()).isZero();
    assertThat(run.get("dead_letters").asInt()).isZero();
  }
}
