// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billion.k8s.Manifest;
import dev.billion.k8s.Manifests;
import dev.billion.k8s.Pod;
import java.util.Map;
import java.util.TreeMap;

/** The variables of a container. */
final class Environment {

  private Environment() {}

  /** Names and values; what is taken from elsewhere by its key has an empty value. */
  static Map<String, String> of(Manifests manifests, JsonNode container) {
    Map<String, String> variables = new TreeMap<>();
    Pod.elements(container.path("envFrom"))
        .map(from -> Manifest.at(from, "configMapRef.name").asText())
        .flatMap(name -> manifests.find("ConfigMap", name).stream())
        .flatMap(map -> map.at("data").properties().stream())
        .forEach(setting -> variables.put(setting.getKey(), setting.getValue().asText()));
    Pod.elements(container.path("env"))
        .forEach(one -> variables.put(one.path("name").asText(), one.path("value").asText()));
    return variables;
  }
}
