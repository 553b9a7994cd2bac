// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s.autoscale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billion.k8s.Manifest;

/** What Prometheus' operator makes of a {@code PodMonitor}, with a shorter interval. */
final class ScrapeConfiguration {

  private static final String INTERVAL = "1s";

  private ScrapeConfiguration() {}

  /** Has Prometheus scrape the monitored among the discovered pods. */
  static ObjectNode of(Manifest monitor, PodDiscovery discovery) {
    ObjectNode configuration = JsonNodeFactory.instance.objectNode();
    configuration
        .putObject("global")
        .put("scrape_interval", INTERVAL)
        .put("evaluation_interval", INTERVAL)
        .put("scrape_timeout", INTERVAL);
    ArrayNode jobs = configuration.putArray("scrape_configs");
    for (JsonNode endpoint : monitor.at("spec.podMetricsEndpoints")) {
      jobs.add(job(monitor, endpoint, discovery));
    }
    return configuration;
  }

  private static ObjectNode job(Manifest monitor, JsonNode endpoint, PodDiscovery discovery) {
    ObjectNode job = JsonNodeFactory.instance.objectNode();
    job.put("job_name", monitor.name());
    job.put("metrics_path", endpoint.path("path").asText("/metrics"));
    job.putArray("http_sd_configs")
        .addObject()
        .put("url", discovery.url())
        .put("refresh_interval", INTERVAL);
    ArrayNode relabel = job.putArray("relabel_configs");
    monitor
        .at("spec.selector.matchLabels")
        .properties()
        .forEach(
            label ->
                rule(relabel, "keep", PodDiscovery.label(label.getKey()))
                    .put("regex", label.getValue().asText()));
    rule(relabel, "keep", "__meta_kubernetes_pod_container_port_name")
        .put("regex", endpoint.path("port").asText());
    target(relabel, "__meta_kubernetes_namespace", "namespace");
    target(relabel, "__meta_kubernetes_pod_name", "pod");
    target(relabel, "__meta_kubernetes_pod_container_name", "container");
    target(relabel, PodDiscovery.label(monitor.at("spec.jobLabel").asText()), "job");
    return job;
  }

  private static void target(ArrayNode relabel, String source, String label) {
    rule(relabel, "replace", source).put("target_label", label);
  }

  private static ObjectNode rule(ArrayNode relabel, String action, String source) {
    ObjectNode rule = relabel.addObject().put("action", action);
    rule.putArray("source_labels").add(source);
    return rule;
  }
}
