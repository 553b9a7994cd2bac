// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s.rule;

import dev.billion.k8s.Manifest;
import dev.billion.k8s.Manifests;
import dev.billion.k8s.Rule;
import java.util.List;
import java.util.Set;

/** Every kind is one whose fields are checked, or one of the few whose fields cannot be. */
public final class KnownKinds implements Rule {

  /** Their schemas are to be had neither from Maven nor as data from npm: docs/kubernetes.md. */
  private static final Set<String> WITHOUT_MODEL =
      Set.of("keda.sh/v1alpha1 ScaledObject", "sparkoperator.k8s.io/v1beta2 SparkApplication");

  @Override
  public List<String> problems(Manifests manifests) {
    return manifests.all().stream()
        .filter(manifest -> !isKnown(manifest))
        .map(manifest -> "%s: no such kind: %s".formatted(manifest, manifest.type()))
        .toList();
  }

  private static boolean isKnown(Manifest manifest) {
    return KubernetesFields.knows(manifest)
        || OperatorFields.knows(manifest)
        || WITHOUT_MODEL.contains(manifest.type());
  }
}
