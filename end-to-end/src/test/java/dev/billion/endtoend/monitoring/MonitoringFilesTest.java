// SPDX-License-Identifier: Apache-2.0
package dev.billion.endtoend.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What dashboards, rules and documentation promise each other. */
class MonitoringFilesTest {

  private static final Path TESTS = Monitoring.PROMETHEUS.resolve("rules/tests");
  private static final String RUNBOOK = "docs/operations.md";

  private final List<Dashboard> dashboards = Dashboard.all();
  private final List<JsonNode> alerts = Monitoring.rules(true);

  @Test
  void dashboardsAreToldApart() {
    assertThat(dashboards).hasSize(4);
    assertThat(dashboards.stream().map(dashboard -> dashboard.json().get("uid").asText()))
        .doesNotHaveDuplicates()
        .allMatch(uid -> uid.matches("billion-[a-z]+"));
    assertThat(dashboards.stream().map(dashboard -> dashboard.json().get("title").asText()))
        .doesNotHaveDuplicates();
    for (Dashboard dashboard : dashboards) {
      assertThat(dashboard.panels().map(panel -> panel.get("id").asInt()))
          .as(dashboard.file())
          .doesNotHaveDuplicates();
      assertThat(dashboard.variables().map(variable -> variable.get("type").asText()))
          .as(dashboard.file())
          .contains("datasource");
    }
  }

  @Test
  void everyPanelSaysWhatItShowsInWhichUnitAndFromWhere() {
    for (Dashboard dashboard : dashboards) {
      dashboard.panels().forEach(panel -> checkPanel(dashboard.file(), panel));
    }
  }

  private static void checkPanel(String file, JsonNode panel) {
    String place = file + ", " + panel.get("title").asText();
    assertThat(panel.get("title").asText()).as(place).isNotEmpty();
    assertThat(panel.path("description").asText()).as(place).endsWith(".");
    assertThat(panel.at("/fieldConfig/defaults/unit").asText()).as(place).isNotEmpty();
    assertThat(panel.at("/datasource/uid").asText()).as(place).isEqualTo("${datasource}");
    assertThat(panel.get("targets")).as(place).isNotEmpty();
    for (JsonNode target : panel.get("targets")) {
      assertThat(target.at("/datasource/uid").asText()).as(place).isEqualTo("${datasource}");
      assertThat(target.path("legendFormat").asText()).as(place).isNotEmpty();
    }
  }

  @Test
  void noPanelLiesOverAnother() {
    for (Dashboard dashboard : dashboards) {
      assertThat(dashboard.panels().flatMap(MonitoringFilesTest::cells))
          .as(dashboard.file())
          .doesNotHaveDuplicates()
          .allMatch(cell -> cell.x() < 24);
    }
  }

  private record Cell(int x, int y) {}

  private static Stream<Cell> cells(JsonNode panel) {
    JsonNode at = panel.get("gridPos");
    int x = at.get("x").asInt();
    int y = at.get("y").asInt();
    int cells = at.get("w").asInt() * at.get("h").asInt();
    int width = at.get("w").asInt();
    return Stream.iterate(0, i -> i < cells, i -> i + 1)
        .map(i -> new Cell(x + i % width, y + i / width));
  }

  @Test
  void everyAlertSaysWhatIsWrongAndWhatToDo() throws Exception {
    Set<String> anchors =
        Files.readAllLines(Monitoring.ROOT.resolve(RUNBOOK)).stream()
            .filter(line -> line.startsWith("#"))
            .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT).replace(' ', '-'))
            .collect(Collectors.toSet());
    assertThat(alerts).extracting(alert -> alert.get("alert").asText()).doesNotHaveDuplicates();
    for (JsonNode alert : alerts) {
      String name = alert.get("alert").asText();
      assertThat(alert.path("for").asText()).as(name).matches("[1-9]\\d*m");
      assertThat(alert.at("/labels/severity").asText()).as(name).isIn("warning", "critical");
      assertThat(alert.at("/annotations/summary").asText()).as(name).isNotEmpty();
      assertThat(alert.at("/annotations/description").asText()).as(name).endsWith(".");
      assertThat(alert.at("/annotations/runbook_url").asText())
          .as(name)
          .isEqualTo(RUNBOOK + "#" + name.toLowerCase(Locale.ROOT));
      assertThat(anchors).as("headings of " + RUNBOOK).contains(name.toLowerCase(Locale.ROOT));
    }
  }

  @Test
  void everyAlertIsTestedToFireAndNotToFire() {
    assertThat(tested(true)).containsExactlyInAnyOrderElementsOf(alertNames());
    assertThat(tested(false)).containsExactlyInAnyOrderElementsOf(alertNames());
  }

  private Set<String> alertNames() {
    return alerts.stream().map(alert -> alert.get("alert").asText()).collect(Collectors.toSet());
  }

  private static Set<String> tested(boolean fires) {
    return Monitoring.files(TESTS, ".yml").stream()
        .flatMap(file -> Monitoring.stream(Monitoring.yaml(file).get("tests")))
        .flatMap(test -> Monitoring.stream(test.path("alert_rule_test")))
        .filter(test -> test.get("exp_alerts").isEmpty() != fires)
        .map(test -> test.get("alertname").asText())
        .collect(Collectors.toSet());
  }

  @Test
  void everyRecordedRateIsTested() {
    String tests = Monitoring.yaml(TESTS.resolve("recording.yml")).toString();
    assertThat(Monitoring.rules(false))
        .extracting(rule -> rule.get("record").asText())
        .allMatch(name -> name.matches("[a-z]+:[a-z_]+:[a-z0-9_]+"))
        .filteredOn(name -> !tests.contains(name))
        // part of pipeline:lag_seconds:max, which is
        .containsExactly("fleet:emitter_schedule_delay_seconds:mean5m_max");
  }

  @Test
  void everyMetricOfOursIsDocumented() throws Exception {
    String docs = Files.readString(Monitoring.ROOT.resolve(RUNBOOK));
    Stream<String> shown =
        dashboards.stream().flatMap(Dashboard::queries).map(Dashboard.Query::expression);
    Stream<String> ruled =
        Stream.of(true, false)
            .flatMap(alerts -> Monitoring.rules(alerts).stream())
            .map(rule -> rule.get("expr").asText());
    assertThat(
            Stream.concat(shown, ruled)
                .flatMap(expression -> Monitoring.metrics(expression).stream())
                .filter(metric -> metric.matches("(emitter|sink)_.*"))
                .map(metric -> metric.replaceFirst("_(sum|count|bucket)$", ""))
                .distinct())
        .hasSizeGreaterThan(20)
        .allMatch(metric -> docs.contains("`" + metric + "`") || docs.contains("`" + metric + "{"));
  }
}
