// SPDX-License-Identifier: Apache-2.0
package dev.billion.endtoend.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the programs' own checkers say of the committed files. */
class ConfigurationIT {

  private static final String IN_CLUSTER = "prometheus-kubernetes.yml";

  @TempDir private Path directory;

  @Test
  void everyAlertFiresWhenItShouldAndOnlyThen() throws Exception {
    List<String> command = new ArrayList<>(List.of("test", "rules"));
    Monitoring.files(Monitoring.PROMETHEUS.resolve("rules/tests"), ".yml")
        .forEach(file -> command.add(file.toString()));
    assertPasses(Tools.PROMTOOL.assumed(), command);
  }

  @Test
  void prometheusTakesItsConfigurations() throws Exception {
    for (Path file : Monitoring.files(Monitoring.PROMETHEUS, ".yml")) {
      if (!file.endsWith(IN_CLUSTER)) { // see below
        assertPasses(Tools.PROMTOOL.assumed(), List.of("check", "config", file.toString()));
      }
    }
  }

  @Test
  void alertmanagerTakesItsConfiguration() throws Exception {
    assertPasses(
        Tools.AMTOOL.assumed(), List.of("check-config", Monitoring.ALERTMANAGER.toString()));
  }

  @Test
  void grafanaFindsPrometheusAndTheDashboardsWhereComposePutsThem() {
    Path provisioning = Monitoring.ROOT.resolve("monitoring/grafana/provisioning");
    JsonNode source = Monitoring.yaml(provisioning.resolve("datasources/prometheus.yml"));
    JsonNode boards = Monitoring.yaml(provisioning.resolve("dashboards/billion.yml"));
    JsonNode services = Monitoring.yaml(Monitoring.ROOT.resolve("docker-compose.yml"));
    assertThat(source.at("/datasources/0/uid").asText())
        .isEqualTo(
            Dashboard.all()
                .get(0)
                .variables()
                .findFirst()
                .orElseThrow()
                .at("/current/value")
                .asText());
    assertThat(services.at("/services/grafana/volumes").toString())
        .contains(
            "./dashboards/grafana:" + boards.at("/providers/0/options/path").asText() + ":ro");
    assertThat(services.get("services").has("prometheus")).isTrue();
    assertThat(source.at("/datasources/0/url").asText()).isEqualTo("http://prometheus:9090");
  }

  /** Debian's Prometheus cannot ask Kubernetes: the pods are given to it as if it had. */
  @Test
  void podsBecomeTheJobsThatTheRulesNeed() throws Exception {
    String config =
        Files.readString(Monitoring.PROMETHEUS.resolve(IN_CLUSTER))
            .replace("rules/*.yml", Monitoring.PROMETHEUS.resolve("rules").toString() + "/*.yml")
            .replaceAll(
                "kubernetes_sd_configs:\n.*\n.*\n", "file_sd_configs: [{files: [pods.json]}]\n");
    Path file = Files.writeString(directory.resolve("prometheus.yml"), config);
    Files.writeString(
        directory.resolve("pods.json"),
        new ObjectMapper()
            .writeValueAsString(
                List.of(
                    pod("emitter-1", "http", "label_app_kubernetes_io_name", "emitter"),
                    pod("sink-1", "metrics", "label_app_kubernetes_io_name", "sink"),
                    pod("sink-1", "ui", "label_app_kubernetes_io_name", "sink"),
                    pod("other-1", "http", "label_app_kubernetes_io_name", "other"),
                    pod("kafka-1", "tcp-prometheus", "label_strimzi_io_kind", "Kafka"),
                    pod("kafka-1", "tcp-clients", "label_strimzi_io_kind", "Kafka"))));

    assertThat(targets(file, "pipeline"))
        .containsExactlyInAnyOrder("emitter emitter-1 /q/metrics", "sink sink-1 /q/metrics");
    assertThat(targets(file, "kafka")).containsExactly("kafka kafka-1 /metrics");
  }

  private static Map<String, Object> pod(String name, String port, String label, String value) {
    String meta = "__meta_kubernetes_pod_";
    return Map.of(
        "targets",
        List.of(name + "." + port + ":80"),
        "labels",
        Map.of(meta + "name", name, meta + "container_port_name", port, meta + label, value));
  }

  private List<String> targets(Path config, String job) throws Exception {
    String output =
        assertPasses(
            Tools.PROMTOOL.assumed(),
            List.of("check", "service-discovery", "--timeout=1s", config.toString(), job));
    List<String> targets = new ArrayList<>();
    for (JsonNode target : new ObjectMapper().readTree(output)) {
      JsonNode labels = target.get("labels");
      if (!labels.isEmpty()) {
        targets.add(
            "%s %s %s"
                .formatted(
                    labels.path("job").asText(),
                    labels.path("instance").asText(),
                    labels.path("__metrics_path__").asText()));
      }
    }
    return targets;
  }

  private String assertPasses(Path program, List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    Path output = directory.resolve("output");
    Path log = directory.resolve("log");
    int exit =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(log.toFile())
            .start()
            .waitFor();
    assertThat(exit).as(() -> read(log) + read(output)).isZero();
    return read(output);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
