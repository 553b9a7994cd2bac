// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s.autoscale;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.billion.local.Binary;
import dev.billion.local.ChildProcess;
import dev.billion.local.Ports;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A real Prometheus on the loopback interface. */
final class Prometheus implements AutoCloseable {

  private static final String PROGRAM = "prometheus";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration READY = Duration.ofMinutes(1);
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI url;
  private final ChildProcess process;

  /**
   * A value with its labels.
   *
   * @param labels without the metric's name
   * @param value may be infinite, or none
   */
  record Sample(Map<String, String> labels, double value) {}

  private Prometheus(URI url, ChildProcess process) {
    this.url = url;
    this.process = process;
  }

  /** Starts the one on the path, and returns when it answers queries. */
  static Prometheus start(JsonNode configuration, Path directory) throws IOException {
    Files.createDirectories(directory);
    Path file =
        Files.writeString(directory.resolve("prometheus.json"), configuration.toPrettyString());
    int port = Ports.freeForLater();
    List<String> command =
        Binary.command(
            onPath(),
            List.of(
                "--config.file=" + file,
                "--storage.tsdb.path=" + directory.resolve("data"),
                "--web.listen-address=%s:%d".formatted(Ports.HOST, port)));
    Prometheus prometheus =
        new Prometheus(
            URI.create("http://%s:%d".formatted(Ports.HOST, port)),
            ChildProcess.start(
                new ChildProcess.Command(
                    PROGRAM, command, Map.of(), directory.resolve("prometheus.log"))));
    await("ready Prometheus")
        .atMost(READY)
        .failFast(
            "Prometheus ended; its log: " + prometheus.process.log(),
            () -> !prometheus.process.isAlive())
        .until(prometheus::ready);
    return prometheus;
  }

  private static Path onPath() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .map(directory -> Path.of(directory, PROGRAM))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "prometheus is not on the PATH: it is in Debian's package prometheus"));
  }

  private boolean ready() throws InterruptedException {
    try {
      return get("/-/ready").statusCode() == 200;
    } catch (IOException e) {
      return false; // it does not listen yet
    }
  }

  /** What a query finds now. */
  List<Sample> query(String promql) throws IOException, InterruptedException {
    HttpResponse<String> response =
        get("/api/v1/query?query=" + URLEncoder.encode(promql, StandardCharsets.UTF_8));
    if (response.statusCode() != 200) {
      throw new IllegalStateException(
          "Prometheus refuses %s: %s".formatted(promql, response.body()));
    }
    JsonNode data = JSON.readTree(response.body()).get("data");
    if (!data.get("resultType").asText().equals("vector")) {
      throw new IllegalStateException("no vector: " + promql);
    }
    return data.get("result").valueStream().map(Prometheus::sample).toList();
  }

  private static Sample sample(JsonNode result) {
    Map<String, String> labels = new HashMap<>();
    result.get("metric").properties().forEach(e -> labels.put(e.getKey(), e.getValue().asText()));
    labels.remove("__name__");
    return new Sample(labels, value(result.get("value").get(1).asText()));
  }

  private static double value(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(url.resolve(path)).build(), BodyHandlers.ofString());
  }

  @Override
  public void close() {
    process.stop(GRACE);
  }
}
