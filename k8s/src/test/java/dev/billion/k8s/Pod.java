// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A pod that will be made.
 *
 * @param owner the manifest that has it made
 * @param labels by which it is selected
 * @param spec its specification; empty for Strimzi's, which are its operator's to specify
 * @param ports names and numbers of the ports it listens on
 */
public record Pod(Manifest owner, Map<String, String> labels, JsonNode spec, Set<String> ports) {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  static Stream<Pod> of(Manifest owner) {
    return switch (owner.kind()) {
      case "Deployment" -> Stream.of(deployed(owner));
      case "SparkApplication" -> Stream.of(spark(owner, "driver"), spark(owner, "executor"));
      case "Kafka" -> Stream.of(broker(owner), operator(owner));
      default -> Stream.empty();
    };
  }

  /** Whether its specification is here to be checked. */
  public boolean isSpecified() {
    return !spec.isEmpty();
  }

  public Stream<JsonNode> containers() {
    return elements(spec.path("containers"));
  }

  public static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  @Override
  public String toString() {
    return "pod of " + owner;
  }

  private static Pod deployed(Manifest owner) {
    JsonNode spec = owner.at("spec.template.spec");
    return new Pod(owner, labels(owner.at("spec.template.metadata.labels")), spec, ports(spec));
  }

  /** In the words of a pod, what a SparkApplication says in its own: 2g are 2Gi, to Spark. */
  private static Pod spark(Manifest owner, String role) {
    JsonNode said = owner.at("spec." + role);
    ObjectNode container = NODES.objectNode();
    container.setAll((ObjectNode) said.deepCopy());
    JsonNode template = Manifest.at(said, "template.spec.containers.0");
    if (template.isObject()) {
      container.setAll((ObjectNode) template);
    }
    container.put("name", role);
    container.set("image", owner.at("spec.image"));
    container.set("args", owner.at("spec.arguments"));
    ObjectNode amounts = container.putObject("resources");
    for (String kind : new String[] {"requests", "limits"}) {
      amounts.putObject(kind).put("cpu", said.path("cores").asText());
      amounts
          .withObject(kind)
          .put("memory", said.path("memory").asText().replace("m", "Mi").replace("g", "Gi"));
    }
    ObjectNode spec = NODES.objectNode();
    spec.set("serviceAccountName", said.path("serviceAccount"));
    spec.set("securityContext", said.path("podSecurityContext"));
    spec.set("terminationGracePeriodSeconds", said.path("terminationGracePeriodSeconds"));
    spec.set("volumes", owner.at("spec.volumes"));
    spec.putArray("containers").add(container);
    return new Pod(owner, labels(said.path("labels")), spec, ports(spec));
  }

  /** What Strimzi's documentation says of its brokers and controllers. */
  private static Pod broker(Manifest kafka) {
    Set<String> ports = new HashSet<>(Set.of("9090", "9091", "tcp-prometheus"));
    elements(kafka.at("spec.kafka.listeners")).forEach(one -> ports.add(one.path("port").asText()));
    Map<String, String> labels = strimzi(kafka, "kafka");
    labels.put("strimzi.io/broker-role", "true");
    labels.put("strimzi.io/component-type", "kafka");
    labels.put("app.kubernetes.io/name", "kafka");
    return new Pod(kafka, labels, NODES.objectNode(), ports);
  }

  private static Pod operator(Manifest kafka) {
    return new Pod(kafka, strimzi(kafka, "entity-operator"), NODES.objectNode(), Set.of());
  }

  private static Map<String, String> strimzi(Manifest kafka, String part) {
    return new HashMap<>(
        Map.of(
            "strimzi.io/cluster",
            kafka.name(),
            "strimzi.io/kind",
            "Kafka",
            "strimzi.io/name",
            kafka.name() + "-" + part));
  }

  private static Map<String, String> labels(JsonNode node) {
    Map<String, String> labels = new TreeMap<>();
    node.properties().forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
    return labels;
  }

  private static Set<String> ports(JsonNode spec) {
    Set<String> ports = new HashSet<>();
    elements(spec.path("containers"))
        .flatMap(container -> elements(container.path("ports")))
        .forEach(
            port -> {
              ports.add(port.path("name").asText());
              ports.add(port.path("containerPort").asText());
            });
    return ports;
  }
}
