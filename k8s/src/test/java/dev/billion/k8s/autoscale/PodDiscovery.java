// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s.autoscale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.billion.local.Ports;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * Tells Prometheus over HTTP which pods there are, with the labels that its own discovery of
 * Kubernetes gives them. Debian's Prometheus is built without that one.
 */
final class PodDiscovery implements AutoCloseable {

  private static final String META = "__meta_kubernetes_";

  private final Api api;
  private final String namespace;
  private final HttpServer server;

  PodDiscovery(Api api, String namespace) throws IOException {
    this.api = api;
    this.namespace = namespace;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::tell);
    server.start();
  }

  String url() {
    return "http://%s:%d/".formatted(Ports.HOST, server.getAddress().getPort());
  }

  /** The name of a pod's label, as Prometheus writes it. */
  static String label(String name) {
    return META + "pod_label_" + name.replaceAll("[^a-zA-Z0-9_]", "_");
  }

  private void tell(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = targets().toString().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }

  private ArrayNode targets() {
    ArrayNode targets = JsonNodeFactory.instance.arrayNode();
    String pods = "/api/v1/namespaces/%s/pods".formatted(namespace);
    for (JsonNode pod : api.get(pods).orThrow().get("items")) {
      for (JsonNode container : pod.at("/spec/containers")) {
        for (JsonNode port : container.path("ports")) {
          if (pod.path("status").has("podIP")) {
            targets.add(target(pod, container, port));
          }
        }
      }
    }
    return targets;
  }

  private static ObjectNode target(JsonNode pod, JsonNode container, JsonNode port) {
    ObjectNode target = JsonNodeFactory.instance.objectNode();
    String ip = pod.at("/status/podIP").asText();
    target.putArray("targets").add(ip + ":" + port.get("containerPort").asInt());
    ObjectNode labels = target.putObject("labels");
    labels.set(META + "namespace", pod.at("/metadata/namespace"));
    labels.set(META + "pod_name", pod.at("/metadata/name"));
    labels.set(META + "pod_container_name", container.get("name"));
    labels.put(META + "pod_container_port_name", port.path("name").asText());
    pod.at("/metadata/labels")
        .properties()
        .forEach(label -> labels.set(label(label.getKey()), label.getValue()));
    return target;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
