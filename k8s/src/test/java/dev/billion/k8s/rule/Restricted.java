// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billion.k8s.Manifest;
import dev.billion.k8s.Manifests;
import dev.billion.k8s.Pod;
import dev.billion.k8s.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Pods are what the Pod Security Standard "restricted" asks for, and a little more: the root is
 * read-only, and there is no token of the service account, nor what services leave in the
 * environment.
 */
public final class Restricted implements Rule {

  private static final Map<String, String> POD =
      Map.of(
          "securityContext.runAsNonRoot",
          "true",
          "securityContext.seccompProfile.type",
          "RuntimeDefault");

  private static final Map<String, String> DEPLOYED =
      Map.of("automountServiceAccountToken", "false", "enableServiceLinks", "false");

  private static final Map<String, String> CONTAINER =
      Map.of(
          "securityContext.allowPrivilegeEscalation", "false",
          "securityContext.readOnlyRootFilesystem", "true",
          "securityContext.capabilities.drop.0", "ALL");

  private static final List<String> HOST = List.of("hostNetwork", "hostPID", "hostIPC");

  @Override
  public List<String> problems(Manifests manifests) {
    List<String> problems = new ArrayList<>();
    manifests
        .of("Namespace")
        .filter(
            namespace ->
                !namespace
                    .at("metadata.labels")
                    .path("pod-security.kubernetes.io/enforce")
                    .asText()
                    .equals("restricted"))
        .forEach(namespace -> problems.add(namespace + ": does not enforce restricted pods"));
    manifests.pods().stream().filter(Pod::isSpecified).forEach(pod -> check(pod, problems));
    return problems;
  }

  private static void check(Pod pod, List<String> problems) {
    require(pod, pod.spec(), POD, problems);
    if (pod.owner().kind().equals("Deployment")) {
      require(pod, pod.spec(), DEPLOYED, problems);
    }
    if (Manifest.at(pod.spec(), "securityContext.runAsUser").asInt() == 0) {
      problems.add(pod + ": runs as root, or as whom the image says");
    }
    pod.containers()
        .forEach(
            container -> {
              require(pod, container, CONTAINER, problems);
              JsonNode context = container.path("securityContext");
              if (context.path("privileged").asBoolean()
                  || !context.path("capabilities").path("add").isEmpty()) {
                problems.add(pod + ": privileged");
              }
            });
    HOST.stream()
        .filter(pod.spec()::has)
        .forEach(field -> problems.add("%s: %s".formatted(pod, field)));
    Pod.elements(pod.spec().path("volumes"))
        .filter(volume -> volume.has("hostPath"))
        .forEach(volume -> problems.add(pod + ": hostPath"));
  }

  private static void require(
      Pod pod, JsonNode node, Map<String, String> wanted, List<String> problems) {
    wanted.forEach(
        (path, value) -> {
          if (!Manifest.at(node, path).asText().equals(value)) {
            problems.add("%s: %s is not %s".formatted(pod, path, value));
          }
        });
  }
}
