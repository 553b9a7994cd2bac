// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billion.k8s.Manifests;
import dev.billion.k8s.Pod;
import dev.billion.k8s.Rule;
import dev.billion.schemas.Quantity;
import java.util.ArrayList;
import java.util.List;

/**
 * Pods are given the time that they take to end well: an emitter to drain and then to commit and
 * close, which takes 20 s at most; the sink 40 s, as docs/operations.md says.
 */
public final class Grace implements Rule {

  private static final long CLOSING = 20;
  private static final long SINK = 40;

  @Override
  public List<String> problems(Manifests manifests) {
    List<String> problems = new ArrayList<>();
    for (Pod pod : manifests.pods()) {
      pod.containers().forEach(container -> check(manifests, pod, container, problems));
    }
    return problems;
  }

  private static void check(
      Manifests manifests, Pod pod, JsonNode container, List<String> problems) {
    long needed =
        switch (container.path("name").asText()) {
          case "emitter" -> drain(manifests, container) + CLOSING;
          case "sink", "driver" -> SINK;
          default -> 0;
        };
    long given = pod.spec().path("terminationGracePeriodSeconds").asLong(30);
    if (given < needed) {
      problems.add("%s: has %d s to end, needs %d s".formatted(pod, given, needed));
    }
  }

  private static long drain(Manifests manifests, JsonNode emitter) {
    String timeout =
        Environment.of(manifests, emitter).getOrDefault("EMITTER_DRAIN_TIMEOUT", "30s");
    return Quantity.time(timeout).toSeconds();
  }
}
