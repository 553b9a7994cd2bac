// SPDX-License-Identifier: Apache-2.0
package dev.billion.endtoend.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billion.local.Checkout;
import dev.billion.local.LocalStack;
import dev.billion.local.Ports;
import dev.billion.local.Topic;
import dev.billion.local.demo.Programs;
import dev.billion.local.demo.Workspace;
import dev.billion.local.program.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole pipeline under a real Prometheus and Alertmanager, with the committed files. */
class MonitoringIT {

  private static final Duration SOON = Duration.ofSeconds(120);

  /** Fewer than a test of this length sends; it only tells the programs to start quickly. */
  private static final long RECORDS = 100_000;

  /** Panels that show nothing where all is well: no record fails here. */
  private static final Set<String> MAY_BE_EMPTY = Set.of("emitters.json, Failures");

  private static final String ALERT = "SinkStalled";

  /** Metrics of what does not run here: the machines' own exporters. */
  private static final String FOREIGN = "node_|kubelet_";

  @TempDir private static Path directory;

  private static LocalStack stack;
  private static Program emitter;
  private static Program sink;
  private static Watch watch;

  @BeforeAll
  static void startAll() throws Exception {
    Tools.PROMETHEUS.assumed();
    Tools.ALERTMANAGER.assumed();
    int emitterPort = Ports.freeForLater();
    int sinkPort = Ports.freeForLater();
    int brokerPort = Ports.freeForLater();
    stack =
        LocalStack.builder()
            .topic(Topic.of(Programs.TOPIC, 4))
            .topic(Topic.of(Programs.TOPIC + "-dead-letters", 1))
            .brokerMetrics(brokerPort)
            .start();
    Programs programs = Programs.of(Checkout.find(), stack.java(), "1g", RECORDS);
    Workspace space = new Workspace(directory);
    sink =
        start(
            space,
            "sink",
            programs.sink(),
            "stream",
            "--topic=" + Programs.TOPIC,
            "--table=" + space.events(),
            "--checkpoint=" + space.checkpoint(),
            "--trigger=1s",
            "--metrics=" + sinkPort);
    emitter =
        start(
            space,
            "emitter",
            programs.producer(),
            "--fleet",
            "--rate=2000",
            "--poison=1%",
            "--http-port=" + emitterPort);
    watch =
        new Watch(
            directory.resolve("watch"),
            Map.of(
                "127.0.0.1:8080", "127.0.0.1:" + emitterPort,
                "127.0.0.1:9404", "127.0.0.1:" + sinkPort,
                "127.0.0.1:9405", "127.0.0.1:" + brokerPort));
    await().atMost(SOON).until(watch::isReady);
  }

  private static Program start(Workspace space, String name, List<String> program, String... more) {
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of(more));
    command.add("--bootstrap=" + stack.bootstrap());
    command.add("--registry=" + stack.registryUrl());
    return Program.start(name, command, space.log(name));
  }

  @AfterAll
  static void stopAll() {
    for (Program program : Stream.of(emitter, sink).filter(p -> p != null).toList()) {
      program.process().kill();
    }
    if (watch != null) {
      watch.close();
    }
    if (stack != null) {
      stack.close();
    }
  }

  @Test
  void everyPanelShowsSomethingAndAnAlertComesAndGoes() throws Exception {
    everyPanelShowsSomethingUnderItsLabels();
    everyRuleIsSoundAndKnowsItsMetrics();
    aStoppedSinkRaisesAnAlertThatEndsWithIt();
    whatFollowsFromSomethingWorseIsNotTold();
  }

  private static void everyPanelShowsSomethingUnderItsLabels() {
    List<Dashboard.Query> left =
        new ArrayList<>(Dashboard.all().stream().flatMap(Dashboard::queries).toList());
    left.removeIf(query -> MAY_BE_EMPTY.contains(query.place()));
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              requireRunning();
              for (Dashboard.Query query : List.copyOf(left)) {
                if (showsSomething(query)) {
                  left.remove(query);
                }
              }
              assertThat(left).isEmpty();
            });
  }

  private static boolean showsSomething(Dashboard.Query query) throws IOException {
    List<JsonNode> found = watch.prometheus().query(query.expression());
    return !found.isEmpty()
        && found.stream()
            .allMatch(
                series ->
                    query.labels().stream().allMatch(label -> series.get("metric").has(label))
                        && !series.at("/value/1").asText().equals("NaN"));
  }

  private static void everyRuleIsSoundAndKnowsItsMetrics() throws IOException {
    Set<String> known = new TreeSet<>();
    watch
        .prometheus()
        .get("/api/v1/label/__name__/values")
        .get("data")
        .forEach(name -> known.add(name.asText()));
    List<JsonNode> rules =
        Monitoring.stream(watch.prometheus().get("/api/v1/rules").at("/data/groups"))
            .flatMap(group -> Monitoring.stream(group.get("rules")))
            .toList();
    assertThat(rules).hasSize(Monitoring.rules(true).size() + Monitoring.rules(false).size());
    for (JsonNode rule : rules) {
      assertThat(rule.get("health").asText()).as(rule.toString()).isEqualTo("ok");
      assertThat(known)
          .as(rule.get("name").asText())
          .containsAll(
              Monitoring.metrics(rule.get("query").asText()).stream()
                  .filter(metric -> !metric.matches("(" + FOREIGN + ").*"))
                  .toList());
    }
  }

  private static void aStoppedSinkRaisesAnAlertThatEndsWithIt() throws Exception {
    // Given: it may have fired before the first commit
    await()
        .atMost(SOON)
        .until(() -> !firing().contains(ALERT) && told("firing").size() == told("resolved").size());
    int before = told("firing").size();

    // When
    sink.process().freeze();

    // Then
    await().atMost(SOON).until(() -> told("firing").size() > before);
    JsonNode alert = told("firing").get(before);
    assertThat(alert.at("/labels/severity").asText()).isEqualTo("critical");
    assertThat(alert.at("/annotations/runbook_url").asText())
        .isEqualTo("docs/operations.md#sinkstalled");

    // When
    sink.process().wake();

    // Then
    await().atMost(SOON).until(() -> told("resolved").size() > before);
    requireRunning();
  }

  private static List<JsonNode> told(String status) {
    return watch.webhook().told(ALERT, status);
  }

  private static List<String> firing() throws IOException {
    return Monitoring.stream(watch.prometheus().get("/api/v1/alerts").at("/data/alerts"))
        .filter(alert -> alert.get("state").asText().equals("firing"))
        .map(alert -> alert.at("/labels/alertname").asText())
        .toList();
  }

  private static void whatFollowsFromSomethingWorseIsNotTold() throws IOException {
    watch
        .alertmanager()
        .post(
            "/api/v2/alerts",
            Stream.of("BrokerUnreachable", "SinkLagGrowing", "RecordsLost")
                .map(name -> Map.of("labels", Map.of("alertname", name, "test", "inhibition")))
                .toList());
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertThat(state("SinkLagGrowing")).isEqualTo("suppressed");
              assertThat(state("RecordsLost")).isEqualTo("active");
              assertThat(watch.webhook().told("RecordsLost", "firing")).hasSize(1);
            });
    assertThat(watch.webhook().told("SinkLagGrowing", "firing")).isEmpty();
  }

  private static String state(String name) throws IOException {
    return Monitoring.stream(watch.alertmanager().get("/api/v2/alerts?filter=test%3Dinhibition"))
        .filter(alert -> alert.at("/labels/alertname").asText().equals(name))
        .map(alert -> alert.at("/status/state").asText())
        .findFirst()
        .orElse("unknown");
  }

  private static void requireRunning() {
    for (Program program : List.of(emitter, sink)) {
      if (program.ended()) {
        throw program.failure();
      }
    }
  }
}
