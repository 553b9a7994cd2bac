// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billion.k8s.Manifest;
import dev.billion.k8s.Manifests;
import dev.billion.k8s.Pod;
import dev.billion.k8s.Rule;
import dev.billion.k8s.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Each container is probed, at a port of its own; what a service, a policy or a monitor leads to is
 * a port of the pods it selects.
 */
public final class Ports implements Rule {

  private static final List<String> PROBES =
      List.of("startupProbe", "readinessProbe", "livenessProbe");

  @Override
  public List<String> problems(Manifests manifests) {
    List<String> problems = new ArrayList<>();
    List<Pod> pods = manifests.pods();
    pods.stream()
        .filter(Pod::isSpecified)
        .forEach(pod -> pod.containers().forEach(one -> probes(pod, one, problems)));
    manifests.of("Service").forEach(service -> service(service, pods, problems));
    manifests
        .of("PodMonitor")
        .forEach(
            monitor ->
                ports(
                    monitor,
                    monitor.at("spec.selector"),
                    Pod.elements(monitor.at("spec.podMetricsEndpoints")),
                    pods,
                    problems));
    manifests.of("NetworkPolicy").forEach(policy -> policy(policy, pods, problems));
    return problems;
  }

  private static void probes(Pod pod, JsonNode container, List<String> problems) {
    for (String probe : PROBES) {
      JsonNode said = container.path(probe);
      if (said.isMissingNode() && pod.owner().kind().equals("Deployment")) {
        problems.add("%s: no %s".formatted(pod, probe));
      }
      Stream.of("httpGet", "tcpSocket")
          .map(way -> said.path(way).path("port"))
          .filter(port -> !port.isMissingNode() && !pod.ports().contains(port.asText()))
          .forEach(port -> problems.add("%s: %s of no port: %s".formatted(pod, probe, port)));
    }
  }

  private static void service(Manifest service, List<Pod> pods, List<String> problems) {
    Pod.elements(service.at("spec.ports"))
        .map(port -> port.path("targetPort").asText())
        .filter(
            port ->
                pods.stream()
                    .filter(pod -> contains(pod.labels(), service.at("spec.selector")))
                    .noneMatch(pod -> pod.ports().contains(port)))
        .forEach(port -> problems.add("%s: its pods have no port %s".formatted(service, port)));
  }

  private static void policy(Manifest policy, List<Pod> pods, List<String> problems) {
    Pod.elements(policy.at("spec.ingress"))
        .forEach(
            rule ->
                ports(
                    policy,
                    policy.at("spec.podSelector"),
                    Pod.elements(rule.path("ports")),
                    pods,
                    problems));
    Pod.elements(policy.at("spec.egress"))
        .forEach(
            rule ->
                Pod.elements(rule.path("to"))
                    .filter(peer -> peer.has("podSelector") && !peer.has("namespaceSelector"))
                    .forEach(
                        peer ->
                            ports(
                                policy,
                                peer.path("podSelector"),
                                Pod.elements(rule.path("ports")),
                                pods,
                                problems)));
  }

  private static void ports(
      Manifest manifest,
      JsonNode selector,
      Stream<JsonNode> ports,
      List<Pod> pods,
      List<String> problems) {
    List<Pod> selected =
        pods.stream().filter(pod -> new Selector(selector).matches(pod.labels())).toList();
    ports
        .map(port -> port.path("port").asText())
        .filter(port -> selected.stream().noneMatch(pod -> pod.ports().contains(port)))
        .forEach(port -> problems.add("%s: its pods have no port %s".formatted(manifest, port)));
  }

  private static boolean contains(Map<String, String> labels, JsonNode selector) {
    return selector.properties().stream()
        .allMatch(label -> label.getValue().asText().equals(labels.get(label.getKey())));
  }
}
