// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStackIT {

  @TempDir private Path directory;

  @Test
  void startsServesAndLeavesNothingBehind() throws Exception {
    // Given
    long begin = System.nanoTime();
    LocalStack stack = LocalStack.builder().topic(Topic.of("events", 120)).start();
    System.out.printf(
        "ready after %d ms%n", Duration.ofNanos(System.nanoTime() - begin).toMillis());
    List<Long> pids = List.of(stack.broker().pid(), stack.registry().pid());

    // When
    try (Admin admin = stack.broker().admin()) {
      assertThat(
              admin
                  .describeTopics(List.of("events"))
                  .allTopicNames()
                  .get()
                  .get("events")
                  .partitions())
          .hasSize(120);
    }
    stack.close();

    // Then
    assertThat(pids).noneMatch(pid -> ProcessHandle.of(pid).isPresent());
    assertThat(stack.directory()).doesNotExist();
  }

  @Test
  void aRecordSurvivesTheBrokersKill() throws Exception {
    try (LocalStack stack =
        LocalStack.builder()
            .topic(Topic.of("events", 3))
            // after which a broker that was killed is let in again
            .brokerProperty("broker.session.timeout.ms", "3000")
            .brokerProperty("broker.heartbeat.interval.ms", "500")
            .start()) {
      // Given
      Records.send(stack.bootstrap(), "events", "kept");

      // When
      stack.broker().kill();
      stack.broker().restart();

      // Then
      assertThat(Records.read(stack.bootstrap(), "events", 1)).containsExactly("kept");
    }
  }

  @Test
  void aKeptDirectoryCanBeStartedAgainOnOtherPorts() throws Exception {
    // Given
    Topic topic = new Topic("events", 1, Map.of("cleanup.policy", "compact"));
    try (LocalStack first = LocalStack.builder().directory(directory).topic(topic).start()) {
      Records.send(first.bootstrap(), "events", "kept");
    }

    // When
    try (LocalStack second = LocalStack.builder().directory(directory).topic(topic).start()) {

      // Then
      assertThat(Records.read(second.bootstrap(), "events", 1)).containsExactly("kept");
      assertThatThrownBy(() -> LocalStack.builder().directory(directory).start())
          .hasMessage(
              "%s is in use by another stack: stop it, or choose another directory", directory);
    }
    assertThat(directory.resolve("logs/broker.log")).exists();
  }

  @Test
  void aPortThatIsTakenIsNamedWithTheOptionThatChangesIt() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();
      assertThatThrownBy(() -> LocalStack.builder().kafkaPort(port).start())
          .isInstanceOf(LocalStackException.class)
          .hasMessage(
              "port %d on 127.0.0.1 is taken: stop what uses it, or choose another with"
                  + " --kafka-port",
              port);
    }
  }

  @Test
  void aBrokerThatRefusesItsConfigurationSaysWhyInOneLineAndTheRegistryStops() throws Exception {
    // Given
    LocalStack.Builder wrong =
        LocalStack.builder().directory(directory).brokerProperty("num.io.threads", "none");

    // When, Then
    assertThatThrownBy(wrong::start)
        .isInstanceOf(LocalStackException.class)
        .hasMessageStartingWith("the broker ended with status 1 before it was ready: ")
        .hasMessageContaining("num.io.threads")
        .hasMessageEndingWith("its log: " + directory.resolve("logs/broker.log"))
        .message()
        .doesNotContain("\n");
    assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(Files.isDirectory(directory)).isTrue();
  }
}
