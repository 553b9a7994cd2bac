// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s.autoscale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands in for prometheus-adapter and metrics-server: answers the API server, which has the
 * autoscaler's questions passed on, from a real Prometheus and from the processes of a node.
 */
final class MetricsServer implements AutoCloseable {

  static final String EXTERNAL = "external.metrics.k8s.io";
  static final String RESOURCE = "metrics.k8s.io";
  static final String VERSION = "v1beta1";

  private static final Pattern PATH =
      Pattern.compile("/apis/([a-z0-9.]+)/v1beta1(?:/namespaces/([^/]+)/([^/]+))?");

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final Clock clock = Clock.systemUTC();
  private final List<ExternalRule> rules;
  private final Prometheus prometheus;
  private final Api api;
  private final LoopbackNode node;

  MetricsServer(
      Tls.Identity identity,
      List<ExternalRule> rules,
      Prometheus prometheus,
      Api api,
      LoopbackNode node)
      throws IOException {
    this.rules = rules;
    this.prometheus = prometheus;
    this.api = api;
    this.node = node;
    this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(identity.context()));
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
      if (!path.matches()) {
        send(exchange, 404, status("not found"));
      } else if (path.group(2) == null) {
        send(exchange, 200, resources(path.group(1)));
      } else if (path.group(1).equals(EXTERNAL)) {
        external(exchange, path.group(2), path.group(3));
      } else {
        send(exchange, 200, pods(path.group(2), selector(exchange)));
      }
    }
  }

  private ObjectNode resources(String group) {
    ObjectNode list = object("APIResourceList", "v1").put("groupVersion", group + "/" + VERSION);
    ArrayNode resources = list.putArray("resources");
    if (group.equals(RESOURCE)) {
      resource(resources, "pods", "PodMetrics");
    } else {
      rules.forEach(rule -> resource(resources, rule.metric(), "ExternalMetricValueList"));
    }
    return list;
  }

  private static void resource(ArrayNode resources, String name, String kind) {
    ObjectNode resource = resources.addObject().put("name", name).put("kind", kind);
    resource.put("singularName", "").put("namespaced", true).putArray("verbs").add("get");
  }

  private void external(HttpExchange exchange, String namespace, String metric) throws IOException {
    for (ExternalRule rule : rules) {
      if (rule.metric().equals(metric)) {
        try {
          String query = rule.query(namespace, selector(exchange));
          send(exchange, 200, values(metric, prometheus.query(query)));
        } catch (IllegalArgumentException | IllegalStateException e) {
          send(exchange, 400, status(e.getMessage()));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        return;
      }
    }
    send(exchange, 404, status("no rule has the metric " + metric));
  }

  private ObjectNode values(String metric, List<Prometheus.Sample> samples) {
    ObjectNode list = object("ExternalMetricValueList", EXTERNAL + "/" + VERSION);
    ArrayNode items = list.putArray("items");
    for (Prometheus.Sample sample : samples) {
      if (Double.isFinite(sample.value())) {
        ObjectNode value = items.addObject().put("metricName", metric);
        sample.labels().forEach(value.putObject("metricLabels")::put);
        value.put("timestamp", clock.instant().toString());
        value.put("value", Math.round(sample.value() * 1000) + "m");
      }
    }
    return list;
  }

  private ObjectNode pods(String namespace, String selector) {
    ObjectNode list = object("PodMetricsList", RESOURCE + "/" + VERSION);
    ArrayNode items = list.putArray("items");
    String pods =
        "/api/v1/namespaces/%s/pods?labelSelector=%s"
            .formatted(namespace, URLEncoder.encode(selector, StandardCharsets.UTF_8));
    for (JsonNode pod : api.get(pods).orThrow().get("items")) {
      Container container = node.container(pod.at("/metadata/name").asText());
      if (container != null && !Double.isNaN(container.usage().cores())) {
        Container.Usage usage = container.usage();
        ObjectNode item = items.addObject();
        item.putObject("metadata")
            .put("namespace", namespace)
            .set("name", pod.at("/metadata/name"));
        item.put("timestamp", usage.at().toString()).put("window", "15s");
        ObjectNode metrics = item.putArray("containers").addObject();
        metrics.set("name", pod.at("/spec/containers/0/name"));
        metrics.putObject("usage").put("cpu", Math.round(usage.cores() * 1000) + "m");
      }
    }
    return list;
  }

  private static String selector(HttpExchange exchange) {
    String query = exchange.getRequestURI().getRawQuery();
    for (String parameter : query == null ? new String[0] : query.split("&", -1)) {
      if (parameter.startsWith("labelSelector=")) {
        return URLDecoder.decode(
            parameter.substring("labelSelector=".length()), StandardCharsets.UTF_8);
      }
    }
    return "";
  }

  private static ObjectNode status(String message) {
    return object("Status", "v1").put("status", "Failure").put("message", message);
  }

  private static ObjectNode object(String kind, String apiVersion) {
    return JsonNodeFactory.instance.objectNode().put("kind", kind).put("apiVersion", apiVersion);
  }

  private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
