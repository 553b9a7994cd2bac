// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s.autoscale;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/** Has the API server pass on what it is asked of metrics, as it does to prometheus-adapter. */
final class MetricsApis {

  /** The name that the server's certificate must have. */
  static final String HOST = "metrics.default.svc";

  private static final String REGISTRATIONS = "/apis/apiregistration.k8s.io/v1/apiservices";
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private MetricsApis() {}

  /** Registers a server on this machine, and waits until the API server has reached it. */
  static void register(ControlPlane plane, MetricsServer server, Tls.Identity identity) {
    ObjectNode service = object("v1", "Service", "metrics");
    service.putObject("spec").put("type", "ExternalName").put("externalName", "localhost");
    plane.api().post("/api/v1/namespaces/default/services", service).orThrow();
    for (String group : List.of(MetricsServer.EXTERNAL, MetricsServer.RESOURCE)) {
      String name = MetricsServer.VERSION + "." + group;
      ObjectNode registration = object("apiregistration.k8s.io/v1", "APIService", name);
      ObjectNode spec = registration.putObject("spec");
      spec.put("group", group).put("version", MetricsServer.VERSION);
      spec.put("groupPriorityMinimum", 100).put("versionPriority", 100);
      byte[] certificate = identity.certificate().getBytes(StandardCharsets.US_ASCII);
      spec.put("caBundle", Base64.getEncoder().encodeToString(certificate));
      spec.putObject("service")
          .put("namespace", "default")
          .put("name", "metrics")
          .put("port", server.port());
      plane.api().post(REGISTRATIONS, registration).orThrow();
      await(group).atMost(PATIENCE).until(() -> serves(plane.api(), group));
    }
  }

  private static boolean serves(Api api, String group) {
    return api.get("/apis/%s/%s".formatted(group, MetricsServer.VERSION)).ok();
  }

  private static ObjectNode object(String version, String kind, String name) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("apiVersion", version).put("kind", kind).putObject("metadata").put("name", name);
    return object;
  }
}
