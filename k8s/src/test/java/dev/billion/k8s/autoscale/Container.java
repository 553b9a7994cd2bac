// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s.autoscale;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billion.local.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;

/**
 * A pod's process, and what a kubelet knows of it. For one thread, but for {@link #usage}.
 *
 * @see LoopbackNode
 */
final class Container {

  /** As often as a metrics server asks for it by default. */
  private static final Duration RESOLUTION = Duration.ofSeconds(15);

  private static final int OK = 200;
  private static final int TERMINATED = ChildProcess.SIGNALLED + 15;

  private final ChildProcess process;
  private final URI readiness;
  private final Duration grace;
  private final Instant started;
  private Instant termination;
  private boolean ready;
  private boolean everReady;
  private volatile Usage usage;

  /**
   * Processor time by a certain moment.
   *
   * @param at when
   * @param cpu used until then
   * @param cores used since it was read before, on average; NaN if it was not
   */
  record Usage(Instant at, Duration cpu, double cores) {

    Usage next(Instant now, Duration used) {
      double seconds = Duration.between(at, now).toNanos() / 1e9;
      return new Usage(now, used, used.minus(cpu).toNanos() / 1e9 / seconds);
    }
  }

  /**
   * @param spec of the container
   * @param ip the pod's address
   * @param grace between SIGTERM and SIGKILL
   */
  Container(ChildProcess.Command command, JsonNode spec, String ip, Duration grace, Instant now) {
    this.process = ChildProcess.start(command);
    this.readiness = readiness(spec, ip);
    this.grace = grace;
    this.started = now;
    this.usage = new Usage(now, Duration.ZERO, Double.NaN);
  }

  /** The number of a container's port that a probe names. */
  static int port(JsonNode spec, JsonNode port) {
    if (port.isInt()) {
      return port.asInt();
    }
    for (JsonNode each : spec.path("ports")) {
      if (each.path("name").equals(port)) {
        return each.get("containerPort").asInt();
      }
    }
    throw new IllegalStateException("no such port: " + port);
  }

  private static URI readiness(JsonNode spec, String ip) {
    JsonNode probe = spec.at("/readinessProbe/httpGet");
    return URI.create(
        "http://%s:%d%s"
            .formatted(ip, port(spec, probe.path("port")), probe.path("path").asText()));
  }

  Instant started() {
    return started;
  }

  boolean ended() {
    return !process.isAlive();
  }

  /** Asks it to end, once; ends it by force when its grace is over. */
  void terminate(Instant now) {
    if (termination == null) {
      termination = now;
      process.terminate();
    } else if (now.isAfter(termination.plus(grace))) {
      process.kill();
    }
  }

  void kill() {
    process.kill();
  }

  /** How it ended, in one line; only once it has. */
  String end() {
    return process.ended();
  }

  /** Its exit status, once it ended. */
  int status() {
    return process.onExit().join();
  }

  /** An emitter drains once records flow; before that, to be asked to end is the end. */
  boolean endedBeforeItBegan() {
    return !everReady && status() == TERMINATED;
  }

  /** Asks its readiness probe, and says whether the answer is another than before. */
  boolean turns(HttpClient http) throws InterruptedException {
    boolean before = ready;
    ready = probe(http);
    everReady |= ready;
    return ready != before;
  }

  boolean ready() {
    return ready;
  }

  private boolean probe(HttpClient http) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(readiness).timeout(Duration.ofSeconds(5)).build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == OK;
    } catch (IOException e) {
      return false;
    }
  }

  /** Reads its processor time. */
  void measure(Instant now) {
    if (now.isAfter(usage.at().plus(RESOLUTION))) {
      ProcessHandle.of(process.pid())
          .flatMap(handle -> handle.info().totalCpuDuration())
          .ifPresent(cpu -> usage = usage.next(now, cpu));
    }
  }

  /** As it was measured last, over 15 s. */
  Usage usage() {
    return usage;
  }
}
