// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command as people start it: the built jar in a process of its own. */
class CommandIT {

  private static final Duration DEADLINE = Duration.ofSeconds(90);

  @TempDir private Path directory;

  private final Queue<String> out = new ConcurrentLinkedQueue<>();
  private final Queue<String> err = new ConcurrentLinkedQueue<>();
  private ChildProcess command;

  @AfterEach
  void stop() {
    command.kill();
  }

  @Test
  void serversDieWithTheirParentHoweverItDies() throws Exception {
    // Given
    JsonNode addresses = up("--partitions", "3");
    List<ProcessHandle> servers = children();
    assertThat(servers).hasSize(2);

    // When
    command.kill();

    // Then
    await().atMost(DEADLINE).until(() -> servers.stream().noneMatch(ProcessHandle::isAlive));
    TemporaryHomes.ofSystem().removeLeftovers();
    assertThat(Path.of(addresses.get("directory").asText())).doesNotExist();
  }

  @Test
  void askedToStopItStopsItsServersAndExitsWithZero() throws Exception {
    // Given
    JsonNode addresses = up("--partitions", "3");
    List<ProcessHandle> servers = children();

    // When
    command.stop(DEADLINE);

    // Then
    assertThat(command.onExit().join()).isZero();
    assertThat(servers).noneMatch(ProcessHandle::isAlive);
    assertThat(Path.of(addresses.get("directory").asText())).doesNotExist();
    assertThat(err).isEmpty();
  }

  @Test
  void askedToStopWhileItStartsItLeavesNothing() throws Exception {
    // Given
    run("up", "--dir", directory.toString());
    await().atMost(DEADLINE).until(() -> children().size() == 2);
    List<ProcessHandle> servers = children();

    // When
    command.stop(DEADLINE);

    // Then
    assertThat(servers).noneMatch(ProcessHandle::isAlive);
    assertThat(err).isEmpty();
  }

  @Test
  void aServerThatDiesEndsTheCommandWithOneLine() throws Exception {
    // Given
    up("--dir", directory.toString(), "--partitions", "3");
    List<ProcessHandle> servers = children();
    ProcessHandle registry =
        servers.stream()
            .filter(server -> server.info().commandLine().orElse("").contains("apicurio"))
            .findFirst()
            .orElseThrow();

    // When
    registry.destroyForcibly();

    // Then
    assertThat(command.onExit().get()).isEqualTo(1);
    assertThat(err)
        .containsExactly(
            "error: the registry ended by signal 9; its log: "
                + directory.resolve("logs/registry.log"));
    assertThat(servers).noneMatch(ProcessHandle::isAlive);
  }

  @Test
  void aTakenPortIsOneLine() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      // When
      run("up", "--registry-port", Integer.toString(other.getLocalPort()));

      // Then
      assertThat(command.onExit().get()).isEqualTo(1);
      assertThat(err)
          .containsExactly(
              "error: port %d on 127.0.0.1 is taken: stop what uses it, or choose another with --registry-port"
                  .formatted(other.getLocalPort()));
    }
  }

  @Test
  void aDirectoryThatCannotBeOneIsOneLine() throws Exception {
    // Given
    Path file = Files.createFile(directory.resolve("file"));

    // When
    run("up", "--dir", file.resolve("below").toString());

    // Then
    assertThat(command.onExit().get()).isEqualTo(1);
    assertThat(err).singleElement().asString().startsWith("error: cannot use " + file);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "up --kafka-port 70000 | not a port: '70000' (valid: 1 to 65535)",
        "up --broker-metrics 0 | not a port: '0' (valid: 1 to 65535)",
        "up --partitions 0 | not a number of partitions: '0' (valid: 1 to 10000)",
        "up extra | Unmatched argument at index 1: 'extra'",
        "demo --records many | not a count: 'many' (valid: a whole number such as 1000000, 50k",
        "demo --rate 0 | not a rate or max: '0' (valid: 1 to 1000000000)",
        "demo --shards 5000 | not a number of shards: '5000' (valid: 1 to 4096)",
        "chaos --brokers 1 --faults sink-kill,broker-disk | not with one broker: 'broker-disk'",
        "demo poison | not an option of the emitter: 'poison'",
        "down | Unmatched argument at index 0: 'down'"
      })
  void aCommandLineThatMakesNoSenseIsOneLine(String arguments, String reason) throws Exception {
    // When
    run(arguments.split(" "));

    // Then
    assertThat(command.onExit().get()).isEqualTo(2);
    assertThat(err).singleElement().asString().startsWith("error: ").contains(reason);
    assertThat(out).isEmpty();
  }

  private JsonNode up(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("up", "--json"));
    all.addAll(List.of(arguments));
    run(all.toArray(String[]::new));
    await().atMost(DEADLINE).until(() -> !out.isEmpty() || !command.isAlive());
    assertThat(err).isEmpty();
    return new ObjectMapper().readTree(out.element());
  }

  private void run(String... arguments) {
    Path jar = Checkout.find().built("local-stack", "target", "local-stack.jar");
    List<String> all = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
    all.addAll(List.of("-jar", jar.toString()));
    all.addAll(List.of(arguments));
    command =
        ChildProcess.start(
            new ChildProcess.Command("command", all, Map.of(), directory.resolve("command.log")),
            out::add,
            err::add);
  }

  private List<ProcessHandle> children() {
    return ProcessHandle.of(command.pid()).map(ProcessHandle::children).orElseThrow().toList();
  }
}
