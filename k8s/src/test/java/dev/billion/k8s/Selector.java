// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A label selector.
 *
 * @param node with {@code matchLabels} and {@code matchExpressions}; empty selects everything
 */
public record Selector(JsonNode node) {

  public boolean matches(Map<String, String> labels) {
    return node.path("matchLabels").properties().stream()
            .allMatch(label -> label.getValue().asText().equals(labels.get(label.getKey())))
        && Pod.elements(node.path("matchExpressions"))
            .allMatch(expression -> holds(expression, labels));
  }

  /** One for each value that an expression allows: each is there for somebody. */
  public List<Selector> alternatives() {
    List<Selector> alternatives = new ArrayList<>();
    Pod.elements(node.path("matchExpressions"))
        .filter(expression -> expression.path("operator").asText().equals("In"))
        .forEach(
            expression ->
                Pod.elements(expression.path("values"))
                    .forEach(value -> alternatives.add(only(expression, value))));
    return alternatives.isEmpty() ? List.of(this) : alternatives;
  }

  @Override
  public String toString() {
    return node.toString();
  }

  private Selector only(JsonNode expression, JsonNode value) {
    ObjectNode selector = JsonNodeFactory.instance.objectNode();
    selector
        .putObject("matchLabels")
        .setAll(
            node.path("matchLabels") instanceof ObjectNode labels
                ? labels.deepCopy()
                : JsonNodeFactory.instance.objectNode());
    selector.withObject("matchLabels").set(expression.path("key").asText(), value);
    return new Selector(selector);
  }

  private static boolean holds(JsonNode expression, Map<String, String> labels) {
    String label = labels.get(expression.path("key").asText());
    boolean in =
        Pod.elements(expression.path("values")).anyMatch(value -> value.asText().equals(label));
    return switch (expression.path("operator").asText()) {
      case "In" -> in;
      case "NotIn" -> !in;
      case "Exists" -> label != null;
      case "DoesNotExist" -> label == null;
      default -> false;
    };
  }
}
