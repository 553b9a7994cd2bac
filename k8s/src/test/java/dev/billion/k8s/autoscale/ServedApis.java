// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s.autoscale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billion.k8s.Manifest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The kinds that a server serves, and their places. A server that is older than the manifests is
 * given them as far as it knows them: under an earlier version with the same fields, without the
 * fields that came later, and with the default that its server-side apply misses.
 */
final class ServedApis {

  /** Versions of before 1.23, which serves {@code autoscaling/v2}, and 1.21, which has the rest. */
  private static final Map<String, String> EARLIER =
      Map.of(
          "autoscaling/v2", "autoscaling/v2beta2",
          "policy/v1", "policy/v1beta1",
          "batch/v1", "batch/v1beta1");

  /** Fields, and the minor version of the first server that has each. */
  private static final Map<String, Integer> LATER = Map.of("endPort", 21, "matchLabelKeys", 25);

  /** The first server that can apply a service's port without a protocol. */
  private static final int DEFAULT_PROTOCOL = 21;

  private final Api api;
  private final int minor;

  ServedApis(ControlPlane plane) {
    this.api = plane.api();
    this.minor = plane.minor();
  }

  /**
   * An object as the server takes it, and where.
   *
   * @param path of the object itself
   * @param object under a version that is served
   * @param without fields that the server does not have yet
   */
  record Placed(String path, ObjectNode object, Set<String> without) {}

  /** Nothing if the server does not know the kind. */
  Optional<Placed> place(Manifest manifest) {
    String version = manifest.at("apiVersion").asText();
    return place(manifest, version)
        .or(() -> Optional.ofNullable(EARLIER.get(version)).flatMap(old -> place(manifest, old)));
  }

  private Optional<Placed> place(Manifest manifest, String version) {
    String root = (version.contains("/") ? "/apis/" : "/api/") + version;
    for (JsonNode resource : api.get(root).body().path("resources")) {
      boolean itself = !resource.get("name").asText().contains("/");
      if (itself && resource.get("kind").asText().equals(manifest.kind())) {
        ObjectNode object = manifest.document().deepCopy();
        object.put("apiVersion", version);
        if (minor < DEFAULT_PROTOCOL && manifest.kind().equals("Service")) {
          addProtocol(object);
        }
        return Optional.of(new Placed(path(root, resource, manifest), object, removeLater(object)));
      }
    }
    return Optional.empty();
  }

  private static String path(String root, JsonNode resource, Manifest manifest) {
    String namespace =
        resource.get("namespaced").asBoolean()
            ? "/namespaces/" + manifest.at("metadata.namespace").asText("default")
            : "";
    return "%s%s/%s/%s".formatted(root, namespace, resource.get("name").asText(), manifest.name());
  }

  private Set<String> removeLater(ObjectNode object) {
    Set<String> removed = new TreeSet<>();
    LATER.forEach(
        (field, since) -> {
          if (minor < since) {
            for (JsonNode parent : object.findParents(field)) {
              ((ObjectNode) parent).remove(field);
              removed.add(field);
            }
          }
        });
    return removed;
  }

  private static void addProtocol(ObjectNode service) {
    for (JsonNode port : service.at("/spec/ports")) {
      if (!port.has("protocol")) {
        ((ObjectNode) port).put("protocol", "TCP");
      }
    }
  }

  /** Creates or changes an object. */
  void apply(Manifest manifest) {
    Placed placed =
        place(manifest)
            .orElseThrow(() -> new IllegalStateException("not served: " + manifest.type()));
    api.apply(placed.path(), placed.object()).orThrow();
  }
}
