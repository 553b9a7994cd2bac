// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billion.k8s.Manifests;
import dev.billion.k8s.Pod;
import dev.billion.k8s.Rule;
import io.kubernetes.client.custom.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Each container says how much processor and memory it needs, and how much it gets at most. */
public final class Resources implements Rule {

  @Override
  public List<String> problems(Manifests manifests) {
    List<String> problems = new ArrayList<>();
    manifests.pods().stream()
        .filter(Pod::isSpecified)
        .forEach(pod -> pod.containers().forEach(one -> check(pod, one, problems)));
    return problems;
  }

  private static void check(Pod pod, JsonNode container, List<String> problems) {
    for (String what : List.of("cpu", "memory")) {
      JsonNode request = container.path("resources").path("requests").path(what);
      JsonNode limit = container.path("resources").path("limits").path(what);
      if (request.isMissingNode() || limit.isMissingNode()) {
        problems.add("%s: no request or no limit of %s".formatted(pod, what));
      } else if (amount(request).compareTo(amount(limit)) > 0) {
        problems.add("%s: requests more %s than its limit".formatted(pod, what));
      }
    }
  }

  private static BigDecimal amount(JsonNode quantity) {
    return Quantity.fromString(quantity.asText()).getNumber();
  }
}
