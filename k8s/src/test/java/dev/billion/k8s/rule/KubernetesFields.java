// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s.rule;

import dev.billion.k8s.Manifest;
import dev.billion.k8s.Manifests;
import dev.billion.k8s.Rule;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Role;
import io.kubernetes.client.openapi.models.V1RoleBinding;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Kubernetes' own kinds have no field that Kubernetes does not know, and none of a wrong type. */
public final class KubernetesFields implements Rule {

  /** Fails with what is wrong. */
  private interface Check {
    void of(String json) throws IOException;
  }

  private static final Map<String, Check> KINDS =
      Map.ofEntries(
          Map.entry("v1 Namespace", V1Namespace::fromJson),
          Map.entry("v1 ServiceAccount", V1ServiceAccount::fromJson),
          Map.entry("v1 ConfigMap", V1ConfigMap::fromJson),
          Map.entry("v1 Service", V1Service::fromJson),
          Map.entry("v1 PersistentVolumeClaim", V1PersistentVolumeClaim::fromJson),
          Map.entry("apps/v1 Deployment", V1Deployment::fromJson),
          Map.entry("policy/v1 PodDisruptionBudget", V1PodDisruptionBudget::fromJson),
          Map.entry("autoscaling/v2 HorizontalPodAutoscaler", V2HorizontalPodAutoscaler::fromJson),
          Map.entry("networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy::fromJson),
          Map.entry("rbac.authorization.k8s.io/v1 Role", V1Role::fromJson),
          Map.entry("rbac.authorization.k8s.io/v1 RoleBinding", V1RoleBinding::fromJson));

  static boolean knows(Manifest manifest) {
    return KINDS.containsKey(manifest.type());
  }

  @Override
  public List<String> problems(Manifests manifests) {
    return manifests.all().stream()
        .filter(KubernetesFields::knows)
        .flatMap(KubernetesFields::problems)
        .toList();
  }

  private static Stream<String> problems(Manifest manifest) {
    try {
      KINDS.get(manifest.type()).of(manifest.document().toString());
      return Stream.empty();
    } catch (IOException | RuntimeException e) {
      return Stream.of(manifest + ": " + e.getMessage());
    }
  }
}
