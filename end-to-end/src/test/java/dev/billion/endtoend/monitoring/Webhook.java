// SPDX-License-Identifier: Apache-2.0
package dev.billion.endtoend.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Whom Alertmanager tells. */
final class Webhook implements AutoCloseable {

  private final List<JsonNode> alerts = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  Webhook() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/alerts", this::take);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** The alerts of a name that were told with a status, {@code firing} or {@code resolved}. */
  List<JsonNode> told(String name, String status) {
    return alerts.stream()
        .filter(alert -> alert.at("/labels/alertname").asText().equals(name))
        .filter(alert -> alert.get("status").asText().equals(status))
        .toList();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      Monitoring.stream(
              new ObjectMapper().readTree(exchange.getRequestBody().readAllBytes()).get("alerts"))
          .forEach(alerts::add);
      exchange.sendResponseHeaders(200, -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
