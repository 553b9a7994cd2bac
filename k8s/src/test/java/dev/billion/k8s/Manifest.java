// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * One document, as Kubernetes would be given it.
 *
 * @param document its fields
 */
public record Manifest(JsonNode document) {

  public String kind() {
    return document.path("kind").asText();
  }

  public String name() {
    return document.path("metadata").path("name").asText();
  }

  /** API version and kind, such as {@code apps/v1 Deployment}. */
  public String type() {
    return document.path("apiVersion").asText() + " " + kind();
  }

  /** What is at a path such as {@code spec.template.0.name}; missing where nothing is. */
  public JsonNode at(String path) {
    return at(document, path);
  }

  /** What is at a path below a node. */
  public static JsonNode at(JsonNode node, String path) {
    JsonNode found = node;
    for (String step : path.split("\\.", -1)) {
      found = found.isArray() ? found.path(Integer.parseInt(step)) : found.path(step);
    }
    return found == null ? MissingNode.getInstance() : found;
  }

  /** Its kind and name, for messages. */
  @Override
  public String toString() {
    return kind() + " " + name();
  }
}
