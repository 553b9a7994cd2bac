// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/** An emitter and the port that it tells its metrics and its health on. */
record MeasuredEmitter(EmitterProcess process, int port) implements AutoCloseable {

  private static final Duration SOON = Duration.ofSeconds(60);

  static MeasuredEmitter start(String topic, Map<String, String> environment, String... more)
      throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    List<String> flags = new ArrayList<>(SharedStack.flags(topic));
    flags.add("--http-port=" + port);
    flags.addAll(Arrays.asList(more));
    return new MeasuredEmitter(
        EmitterProcess.start(SharedStack.with(1), environment, flags.toArray(String[]::new)), port);
  }

  String metrics() {
    return given()
        .port(port)
        .accept("text/plain")
        .get("/q/metrics")
        .then()
        .statusCode(200)
        .extract()
        .asString();
  }

  double value(String name) {
    return metrics()
        .lines()
        .filter(line -> line.startsWith("emitter_" + name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no metric emitter_" + name));
  }

  /** What it says of its readiness, as JSON. */
  String readiness() {
    return given().port(port).get("/q/health/ready").asString();
  }

  void awaitSent(int records) {
    await(() -> assertThat(value("records_sent_total")).isGreaterThan(records));
  }

  void await(ThrowingRunnable assertion) {
    Awaitility.await()
        .failFast("it has ended", process::hasEnded)
        .atMost(SOON)
        .ignoreExceptionsInstanceOf(ConnectException.class)
        .untilAsserted(assertion);
  }

  @Override
  public void close() {
    process.kill();
  }
}
