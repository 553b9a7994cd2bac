// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s;

import static java.util.stream.Collectors.toMap;

import java.util.Map;

/**
 * What prometheus-adapter is told.
 *
 * @param metrics for each external metric how it is asked for, in PromQL, for one namespace
 */
record Adapter(Map<String, String> metrics) {

  /** Reads its configuration. */
  static Adapter parse(String config, String namespace) {
    return new Adapter(
        Manifests.parse(config).all().stream()
            .flatMap(all -> Pod.elements(all.document().path("externalRules")))
            .collect(
                toMap(
                    rule -> Manifest.at(rule, "name.as").asText(),
                    rule ->
                        rule.path("metricsQuery")
                            .asText()
                            .replace("<<.LabelMatchers>>", "namespace=\"" + namespace + "\""))));
  }
}
