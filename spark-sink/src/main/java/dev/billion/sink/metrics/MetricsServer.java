// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.billion.sink.SinkException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Serves metrics and health over HTTP, at the paths that the emitter has: {@code /q/metrics},
 * {@code /q/health/live} and {@code /q/health/ready}.
 */
public final class MetricsServer implements AutoCloseable {

  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String JSON = "application/json; charset=utf-8";

  /** One slow client may not keep the others from asking. */
  private static final int THREADS = 4;

  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          THREADS,
          task -> {
            Thread thread = new Thread(task, "metrics");
            thread.setDaemon(true);
            return thread;
          });

  /** An answer to a request. */
  private record Answer(int status, String type, String body) {}

  /**
   * @throws SinkException if the address is not to be had
   */
  public MetricsServer(InetSocketAddress address, SinkMetrics metrics) {
    try {
      server = HttpServer.create(address, 0);
    } catch (IOException e) {
      throw new SinkException(
          "cannot serve metrics at %s:%d: %s (valid: an address of this machine and a free port)"
              .formatted(address.getHostString(), address.getPort(), e.getMessage()),
          e);
    }
    Health health = metrics.health();
    serve("/q/metrics", () -> new Answer(200, TEXT, metrics.scrape()));
    serve("/q/health/live", () -> check("batches end", health.live()));
    serve("/q/health/ready", () -> check("first batch", health.ready()));
    server.setExecutor(threads);
    server.start();
  }

  /** The port that it listens on. */
  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve(String path, Supplier<Answer> answer) {
    server.createContext(path, exchange -> respond(exchange, path, answer));
  }

  private static void respond(HttpExchange exchange, String path, Supplier<Answer> answer)
      throws IOException {
    try (exchange) {
      if (!exchange.getRequestURI().getPath().equals(path)) {
        exchange.sendResponseHeaders(404, -1);
      } else if (!exchange.getRequestMethod().equals("GET")) {
        exchange.sendResponseHeaders(405, -1);
      } else {
        Answer given = answer.get();
        byte[] body = given.body().getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", given.type());
        exchange.sendResponseHeaders(given.status(), body.length);
        exchange.getResponseBody().write(body);
      }
    }
  }

  private static Answer check(String name, boolean good) {
    String status = good ? "UP" : "DOWN";
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("status", status);
    body.putArray("checks").addObject().put("name", name).put("status", status);
    return new Answer(good ? 200 : 503, JSON, body.toString());
  }
}
