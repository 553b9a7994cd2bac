// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.billion.schemas.UserEvent;
import dev.billion.sink.testing.ChildSink;
import dev.billion.sink.testing.Events;
import dev.billion.sink.testing.Stack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the packaged sink tells of itself while it runs. */
class MetricsIT {

  private static final String TOPIC = "measured";
  private static final int EVENTS = 2_000;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir private static Path directory;
  private static int port;
  private static ChildSink sink;
  private static double started;

  @BeforeAll
  static void startASinkAndSend() throws Exception {
    Stack.createTopic(TOPIC, 2);
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    started = now();
    sink =
        new ChildSink(
            directory,
            Stack.args(
                "stream",
                TOPIC,
                directory,
                "--metrics",
                Integer.toString(port),
                "--trigger",
                "100ms",
                "--max-records",
                "500"));
    awaitStatus("/q/health/live", 200);
    awaitStatus("/q/health/ready", 200);
    int id = Stack.register("measured-value", UserEvent.getClassSchema());
    List<byte[]> values = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      values.add(Events.value(id, Events.event(1, 0, i)));
    }
    values.add(new byte[] {0, 0});
    values.add(null);
    values.add(null);
    Stack.send(TOPIC, values);
    await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(() -> assertThat(value("sink_input_records_total")).isEqualTo(EVENTS + 3));
  }

  @AfterAll
  static void stop() throws Exception {
    sink.close();
  }

  @Test
  void theNumbersAreThoseOfTheTables() throws Exception {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              assertThat(value("sink_lag_records")).isZero();
              assertThat(value("sink_partition_lag_records{partition=\"1\"}")).isZero();
              assertThat(value("sink_batch_duration_seconds_count"))
                  .isEqualTo(value("sink_last_batch_id") + 1);
            });
    assertThat(value("sink_lag_seconds")).isZero();
    assertThat(value("sink_committed_rows_total{table=\"events\"}")).isEqualTo(EVENTS);
    assertThat(value("sink_committed_rows_total{table=\"dead_letters\"}")).isEqualTo(3);
    assertThat(value("sink_dead_letters_total{reason=\"null_value\"}")).isEqualTo(2);
    assertThat(value("sink_dead_letters_total{reason=\"too_short\"}")).isEqualTo(1);
    List<Path> files = dataFiles();
    assertThat(value("sink_committed_files_total{table=\"events\"}")).isEqualTo(files.size());
    assertThat(value("sink_committed_bytes_total{table=\"events\"}")).isEqualTo(size(files));
    assertThat(value("sink_phase_duration_seconds_sum{phase=\"write\"}")).isPositive();
    assertThat(value("sink_phase_duration_seconds_sum{phase=\"checkpoint\"}")).isPositive();
    assertThat(value("sink_last_commit_timestamp_seconds")).isBetween(started, now());
    assertThat(value("sink_running_batch_seconds")).isZero();
    assertThat(value("sink_registry_up")).isEqualTo(1);
    assertThat(value("process_cpu_seconds_total")).isPositive();
  }

  @Test
  void prometheusOwnLinterFindsNoFault() throws Exception {
    // Given
    assumeThat(onPath("promtool"))
        .as("promtool is not on the PATH: it is in Debian's package prometheus")
        .isTrue();
    Path metrics = Files.writeString(directory.resolve("metrics"), get("/q/metrics").body());

    // When
    Path faults = directory.resolve("faults");
    int exit =
        new ProcessBuilder("promtool", "check", "metrics")
            .redirectInput(metrics.toFile())
            .redirectErrorStream(true)
            .redirectOutput(faults.toFile())
            .start()
            .waitFor();

    // Then
    assertThat(Files.readString(faults)).isEmpty();
    assertThat(exit).isZero();
  }

  private static void awaitStatus(String path, int status) {
    await()
        .atMost(Duration.ofSeconds(90))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> get(path).statusCode() == status);
  }

  private static double value(String name) throws Exception {
    return get("/q/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no metric " + name));
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static List<Path> dataFiles() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("events"))) {
      return files.filter(file -> file.toString().endsWith(".zstd.parquet")).toList();
    }
  }

  private static long size(List<Path> files) throws IOException {
    long bytes = 0;
    for (Path file : files) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  private static double now() {
    return System.currentTimeMillis() / 1e3;
  }

  private static boolean onPath(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
