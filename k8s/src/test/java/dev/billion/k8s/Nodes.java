// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.BiConsumer;

/** Goes through documents. */
public final class Nodes {

  private Nodes() {}

  /** Visits a document and all nodes in it, each with its JSON pointer. */
  public static void visit(JsonNode document, BiConsumer<String, JsonNode> visitor) {
    visit(document, "", visitor);
  }

  private static void visit(JsonNode node, String pointer, BiConsumer<String, JsonNode> visitor) {
    visitor.accept(pointer, node);
    for (int i = 0; i < node.size() && node.isArray(); i++) {
      visit(node.get(i), pointer + "/" + i, visitor);
    }
    node.properties()
        .forEach(
            field -> visit(field.getValue(), pointer + "/" + escaped(field.getKey()), visitor));
  }

  private static String escaped(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }
}
