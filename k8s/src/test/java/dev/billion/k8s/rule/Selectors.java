// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.billion.k8s.Manifest;
import dev.billion.k8s.Manifests;
import dev.billion.k8s.Nodes;
import dev.billion.k8s.Pod;
import dev.billion.k8s.Rule;
import dev.billion.k8s.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whatever selects pods selects some; a deployment selects its own. */
public final class Selectors implements Rule {

  private static final Set<String> FIELDS = Set.of("podSelector", "labelSelector", "selector");

  @Override
  public List<String> problems(Manifests manifests) {
    List<Pod> pods = manifests.pods();
    List<String> problems = new ArrayList<>();
    for (Manifest manifest : manifests.all()) {
      Nodes.visit(
          manifest.document(),
          (pointer, node) -> {
            if (!node.has("namespaceSelector")) { // else of another namespace
              FIELDS.stream()
                  .filter(node::has)
                  .forEach(field -> check(manifest, pointer, node.get(field), pods, problems));
            }
          });
    }
    pods.stream()
        .filter(pod -> pod.owner().kind().equals("Deployment"))
        .filter(pod -> !new Selector(pod.owner().at("spec.selector")).matches(pod.labels()))
        .forEach(
            pod -> problems.add(pod.owner() + ": its selector is not what its pods are labelled"));
    return problems;
  }

  private static void check(
      Manifest manifest, String pointer, JsonNode node, List<Pod> pods, List<String> problems) {
    Selector selector = new Selector(wrapped(manifest, node));
    for (Selector one : selector.alternatives()) {
      if (pods.stream().noneMatch(pod -> one.matches(pod.labels()))) {
        problems.add("%s: %s selects no pod: %s".formatted(manifest, pointer, one));
      }
    }
  }

  /** A service has the labels without more ado. */
  private static JsonNode wrapped(Manifest manifest, JsonNode node) {
    return manifest.kind().equals("Service")
        ? JsonNodeFactory.instance.objectNode().set("matchLabels", node)
        : node;
  }
}
