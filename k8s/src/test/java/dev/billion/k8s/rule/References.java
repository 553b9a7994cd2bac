// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billion.k8s.Manifest;
import dev.billion.k8s.Manifests;
import dev.billion.k8s.Nodes;
import dev.billion.k8s.Pod;
import dev.billion.k8s.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is named is there: here, or made by Strimzi. There is no Secret here: Strimzi makes one for
 * each KafkaUser, and one with the authority of each Kafka.
 */
public final class References implements Rule {

  private static final Set<String> USER =
      Set.of("ca.crt", "user.crt", "user.key", "user.p12", "user.password");
  private static final Set<String> AUTHORITY = Set.of("ca.crt", "ca.p12", "ca.password");

  @Override
  public List<String> problems(Manifests manifests) {
    Map<String, Set<String>> secrets = new HashMap<>();
    manifests.of("KafkaUser").forEach(user -> secrets.put(user.name(), USER));
    manifests
        .of("Kafka")
        .forEach(kafka -> secrets.put(kafka.name() + "-cluster-ca-cert", AUTHORITY));
    Map<String, Set<String>> settings = new HashMap<>();
    manifests.of("ConfigMap").forEach(map -> settings.put(map.name(), keys(map.at("data"))));

    List<String> problems = new ArrayList<>();
    manifests.of("Secret").forEach(secret -> problems.add(secret + ": secrets are not kept here"));
    for (Manifest manifest : manifests.all()) {
      Nodes.visit(
          manifest.document(),
          (pointer, node) -> {
            String field = pointer.substring(pointer.lastIndexOf('/') + 1);
            switch (field) {
              case "configMapKeyRef", "configMapRef", "configMap" ->
                  named(manifest, "ConfigMap", node.path("name"), node, settings, problems);
              case "secretKeyRef", "secretRef" ->
                  named(manifest, "Secret", node.path("name"), node, secrets, problems);
              case "secret" ->
                  named(manifest, "Secret", node.path("secretName"), node, secrets, problems);
              case "serviceAccountName", "serviceAccount" ->
                  there(manifests, manifest, "ServiceAccount", node, problems);
              case "claimName" ->
                  there(manifests, manifest, "PersistentVolumeClaim", node, problems);
              case "scaleTargetRef" ->
                  there(manifests, manifest, "Deployment", node.path("name"), problems);
              case "roleRef" -> there(manifests, manifest, "Role", node.path("name"), problems);
              case "strimzi.io~1cluster" -> there(manifests, manifest, "Kafka", node, problems);
              default -> {}
            }
          });
    }
    manifests.pods().forEach(pod -> mounts(pod, problems));
    return problems;
  }

  private static void named(
      Manifest manifest,
      String kind,
      JsonNode name,
      JsonNode reference,
      Map<String, Set<String>> known,
      List<String> problems) {
    Set<String> keys = known.get(name.asText());
    if (keys == null) {
      problems.add("%s: no %s %s".formatted(manifest, kind, name));
      return;
    }
    reference.findValues("key").stream()
        .filter(key -> !keys.contains(key.asText()))
        .forEach(key -> problems.add("%s: %s %s has no %s".formatted(manifest, kind, name, key)));
  }

  private static void there(
      Manifests manifests, Manifest manifest, String kind, JsonNode name, List<String> problems) {
    if (manifests.find(kind, name.asText()).isEmpty()) {
      problems.add("%s: no %s %s".formatted(manifest, kind, name));
    }
  }

  private static void mounts(Pod pod, List<String> problems) {
    List<JsonNode> volumes =
        Pod.elements(pod.spec().path("volumes")).map(volume -> volume.path("name")).toList();
    pod.containers()
        .flatMap(container -> Pod.elements(container.path("volumeMounts")))
        .map(mount -> mount.path("name"))
        .filter(name -> !volumes.contains(name))
        .forEach(name -> problems.add("%s: no volume %s".formatted(pod, name)));
  }

  private static Set<String> keys(JsonNode node) {
    return node.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
  }
}
