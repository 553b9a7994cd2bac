// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s.autoscale;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/**
 * The environment variables of a container, as a kubelet makes them of its manifest. Those that
 * come from secrets are left out: there are none in a test.
 *
 * @param pod as the server holds it
 * @param ip the pod's address
 * @param api where config maps are read
 */
record PodEnvironment(JsonNode pod, String ip, Api api) {

  /** What a container of the pod finds. */
  Map<String, String> of(JsonNode container) {
    Map<String, String> variables = new HashMap<>();
    for (JsonNode source : container.path("envFrom")) {
      if (source.has("configMapRef")) {
        configMap(source.at("/configMapRef/name").asText())
            .properties()
            .forEach(
                entry ->
                    variables.put(
                        source.path("prefix").asText() + entry.getKey(),
                        entry.getValue().asText()));
      }
    }
    for (JsonNode variable : container.path("env")) {
      String name = variable.get("name").asText();
      JsonNode from = variable.path("valueFrom");
      if (from.has("configMapKeyRef")) {
        JsonNode key = from.get("configMapKeyRef");
        JsonNode value = configMap(key.get("name").asText()).path(key.get("key").asText());
        variables.put(name, value.asText());
      } else if (from.has("fieldRef")) {
        variables.put(name, field(from.at("/fieldRef/fieldPath").asText()));
      } else if (from.isMissingNode()) {
        variables.put(name, variable.path("value").asText());
      }
    }
    return variables;
  }

  private String field(String path) {
    return path.equals("status.podIP") ? ip : pod.at("/" + path.replace('.', '/')).asText();
  }

  private JsonNode configMap(String name) {
    String namespace = pod.at("/metadata/namespace").asText();
    return api.get("/api/v1/namespaces/%s/configmaps/%s".formatted(namespace, name))
        .orThrow()
        .path("data");
  }
}
