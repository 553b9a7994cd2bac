// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billion.k8s.Manifest;
import dev.billion.k8s.Manifests;
import dev.billion.k8s.Pod;
import dev.billion.k8s.Rule;
import io.kubernetes.client.custom.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An autoscaler knows what to scale by, and between which bounds; the external metrics are those
 * that the adapter serves. What is scaled does not say how many it is, and there are no more pods
 * than shards.
 */
public final class Autoscaling implements Rule {

  private static final Map<String, String> FIELDS =
      Map.of("Utilization", "averageUtilization", "AverageValue", "averageValue", "Value", "value");

  private static final Map<String, Set<String>> TARGETS =
      Map.of(
          "Resource", Set.of("Utilization", "AverageValue"),
          "External", Set.of("AverageValue", "Value"));

  private final Set<String> external;

  /**
   * @param external the metrics that the adapter serves
   */
  public Autoscaling(Set<String> external) {
    this.external = external;
  }

  @Override
  public List<String> problems(Manifests manifests) {
    List<String> problems = new ArrayList<>();
    manifests
        .of("HorizontalPodAutoscaler")
        .forEach(
            scaler -> {
              bounds(scaler, "spec.minReplicas", "spec.maxReplicas", manifests, problems);
              metrics(scaler, manifests, problems);
              behaviour(scaler, problems);
            });
    manifests
        .of("ScaledObject")
        .forEach(
            scaler ->
                bounds(
                    scaler, "spec.minReplicaCount", "spec.maxReplicaCount", manifests, problems));
    return problems;
  }

  private static void bounds(
      Manifest scaler, String min, String max, Manifests manifests, List<String> problems) {
    int least = scaler.at(min).asInt();
    int most = scaler.at(max).asInt();
    if (least < 1 || least > most) {
      problems.add("%s: not 1 <= %s <= %s: %d, %d".formatted(scaler, min, max, least, most));
    }
    int shards =
        manifests
            .of("ConfigMap")
            .map(map -> map.at("data.EMITTER_SHARDS").asInt(Integer.MAX_VALUE))
            .min(Integer::compare)
            .orElse(Integer.MAX_VALUE);
    if (most > shards) {
      problems.add("%s: more pods than the %d shards: %d".formatted(scaler, shards, most));
    }
    target(scaler, manifests)
        .filter(deployment -> !deployment.at("spec.replicas").isMissingNode())
        .ifPresent(deployment -> problems.add(deployment + ": has replicas and " + scaler));
  }

  private void metrics(Manifest scaler, Manifests manifests, List<String> problems) {
    if (scaler.at("spec.metrics").isEmpty()) {
      problems.add(scaler + ": no metrics");
    }
    for (JsonNode metric : scaler.at("spec.metrics")) {
      String type = metric.path("type").asText();
      JsonNode source = metric.path(type.toLowerCase(Locale.ROOT));
      JsonNode target = source.path("target");
      String kind = target.path("type").asText();
      if (!TARGETS.containsKey(type) || metric.size() != 2 || source.isMissingNode()) {
        problems.add("%s: not a metric of its type: %s".formatted(scaler, metric));
      } else if (!TARGETS.get(type).contains(kind)
          || target.size() != 2
          || !isAboveZero(target.path(FIELDS.get(kind)))) {
        problems.add("%s: not a target of %s: %s".formatted(scaler, type, target));
      }
      String name = source.path("metric").path("name").asText();
      if (type.equals("External") && !external.contains(name)) {
        problems.add("%s: the adapter has no metric '%s'".formatted(scaler, name));
      }
      if (kind.equals("Utilization")
          && !requests(scaler, manifests, source.path("name").asText())) {
        problems.add("%s: utilization of what is not requested: %s".formatted(scaler, source));
      }
    }
  }

  private static void behaviour(Manifest scaler, List<String> problems) {
    int up = scaler.at("spec.behavior.scaleUp.stabilizationWindowSeconds").asInt(0);
    int down = scaler.at("spec.behavior.scaleDown.stabilizationWindowSeconds").asInt(300);
    if (up >= down) {
      problems.add("%s: up after %d s, down after %d s already".formatted(scaler, up, down));
    }
  }

  private static boolean isAboveZero(JsonNode quantity) {
    return !quantity.isMissingNode()
        && Quantity.fromString(quantity.asText()).getNumber().signum() > 0;
  }

  private static boolean requests(Manifest scaler, Manifests manifests, String resource) {
    return target(scaler, manifests).stream()
        .flatMap(deployment -> Pod.elements(deployment.at("spec.template.spec.containers")))
        .allMatch(container -> container.path("resources").path("requests").has(resource));
  }

  private static Optional<Manifest> target(Manifest scaler, Manifests manifests) {
    return manifests.find("Deployment", scaler.at("spec.scaleTargetRef.name").asText());
  }
}
