// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.billion.local.LocalStack;
import dev.billion.local.LocalStackException;
import dev.billion.local.Topic;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The course of a demo on a real broker. Stand-ins take the place of producer and sink, for those
 * are built after this module, and fail at will.
 */
class DemoIT {

  private static final int SERVERS = 2;
  private static final long RECORDS = 20_000;

  private static LocalStack stack;

  @TempDir private Path directory;

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  @BeforeAll
  static void start() {
    stack =
        LocalStack.builder()
            .topic(Topic.of(Programs.TOPIC, 4))
            // a broker that was killed is let in again after this time
            .brokerProperty("broker.session.timeout.ms", "3000")
            .brokerProperty("broker.heartbeat.interval.ms", "500")
            .start();
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @AfterEach
  void noProgramIsLeft() {
    assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
        .hasSizeLessThanOrEqualTo(SERVERS);
  }

  @Test
  void endsWithTheProofWhenEveryRecordIsCommitted() throws Exception {
    // When
    Summary summary = demo(List.of(), List.of()).run();

    // Then
    assertThat(summary.ok()).isTrue();
    assertThat(summary.sinkRestarts()).isZero();
    assertThat(summary.text()).contains("records        20,000\n");
    assertThat(shown.toString(UTF_8)).contains("sent ").contains("committed ");
    assertThat(directory.resolve("sent.json")).content().contains("\"run\":\"0193a5c1f2aa\"");
  }

  @Test
  void aSinkThatIsKilledGoesOnWhereItWas() throws Exception {
    // Given
    Path mark = directory.resolve("died");

    // When
    Summary summary = demo(List.of(), List.of("-Ddies.once=" + mark)).run();

    // Then
    assertThat(mark).exists();
    assertThat(summary.ok()).isTrue();
    assertThat(summary.sinkRestarts()).isEqualTo(1);
  }

  @Test
  void aProofThatFailsIsTheResult() throws Exception {
    Summary summary = demo(List.of(), List.of("-Dloses=true")).run();
    assertThat(summary.ok()).isFalse();
    assertThat(summary.text()).contains("missing        3\n");
  }

  @Test
  void aSinkThatFailsIsQuoted() {
    assertThatThrownBy(() -> demo(List.of(), List.of("-Dfails=true")).run())
        .isInstanceOf(LocalStackException.class)
        .hasMessage(
            "the sink failed: no space left on device; its log: %s",
            directory.resolve("logs/sink.log"));
  }

  @Test
  void aProducerThatFailsIsQuoted() {
    assertThatThrownBy(() -> demo(List.of("-Dfails=true"), List.of()).run())
        .isInstanceOf(LocalStackException.class)
        .hasMessageStartingWith("the producer failed: registry not reachable; its log: ");
  }

  @Test
  void aSinkThatCommitsNothingIsGivenUp() {
    assertThatThrownBy(() -> demo(List.of(), List.of("-Didle=true"), Duration.ofSeconds(8)).run())
        .isInstanceOf(LocalStackException.class)
        .hasMessage("the sink committed nothing for 8 s");
  }

  @Test
  void aBrokerThatDiesEndsIt() {
    // Given
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    Demo demo = demo(List.of(), List.of("-Didle=true"));
    Thread runner = runner(demo, end);
    await().atMost(Duration.ofSeconds(60)).until(() -> shown.size() > 0);

    // When
    stack.broker().kill();

    // Then
    try {
      await().atMost(Duration.ofSeconds(60)).until(() -> !runner.isAlive());
      assertThat(end.join()).hasMessageStartingWith("the broker ended by signal 9; its log: ");
    } finally {
      stack.broker().restart();
    }
  }

  @Test
  void whenInterruptedItStopsItsPrograms() {
    // Given
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    Thread runner = runner(demo(List.of(), List.of("-Didle=true")), end);
    await().atMost(Duration.ofSeconds(60)).until(() -> shown.size() > 0);

    // When
    runner.interrupt();

    // Then
    await().atMost(Duration.ofSeconds(60)).until(() -> !runner.isAlive());
    assertThat(end.join()).isInstanceOf(InterruptedException.class);
  }

  private static Thread runner(Demo demo, CompletableFuture<Throwable> end) {
    Thread thread =
        new Thread(
            () -> {
              try {
                demo.run();
                end.complete(null);
              } catch (InterruptedException | RuntimeException e) {
                end.complete(e);
              }
            });
    thread.start();
    return thread;
  }

  private Demo demo(List<String> producerFaults, List<String> sinkFaults) {
    return demo(producerFaults, sinkFaults, Duration.ofSeconds(30));
  }

  private Demo demo(List<String> producerFaults, List<String> sinkFaults, Duration start) {
    DemoOptions.Deadlines deadlines =
        new DemoOptions.Deadlines(start, Duration.ofSeconds(30), Duration.ofSeconds(120));
    DemoOptions options =
        new DemoOptions(RECORDS, OptionalLong.empty(), 4, 4, OptionalLong.empty(), deadlines);
    Programs programs =
        new Programs(
            program(StandInProducer.class, producerFaults),
            program(StandInSink.class, sinkFaults),
            program(StandInSink.class, sinkFaults));
    LiveLine line = new LiveLine(new PrintStream(shown, true, UTF_8), false);
    return new Demo(options, new Workspace(directory), stack, programs, line, System::nanoTime);
  }

  private static List<String> program(Class<?> mainClass, List<String> faults) {
    List<String> options = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-Xmx128m"));
    options.addAll(faults);
    Path classPath = Path.of(System.getProperty("java.class.path"));
    return stack.java().main(options, List.of(classPath), mainClass.getName(), List.of());
  }
}
