// SPDX-License-Identifier: Apache-2.0
package dev.billion.endtoend.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A dashboard of Grafana.
 *
 * @param file its name
 * @param json what is in it
 */
record Dashboard(String file, JsonNode json) {

  private static final Pattern LABEL = Pattern.compile("\\{\\{(\\w+)}}");

  /**
   * A query of a panel.
   *
   * @param place dashboard and panel
   * @param expression in PromQL, with the defaults of the dashboard's variables
   * @param labels those that its legend names
   */
  record Query(String place, String expression, List<String> labels) {}

  static List<Dashboard> all() {
    return Monitoring.files(Monitoring.ROOT.resolve("dashboards/grafana"), ".json").stream()
        .map(Dashboard::read)
        .toList();
  }

  private static Dashboard read(Path file) {
    try {
      return new Dashboard(
          file.getFileName().toString(), new ObjectMapper().readTree(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Stream<JsonNode> panels() {
    return Monitoring.stream(json.get("panels"));
  }

  Stream<JsonNode> variables() {
    return Monitoring.stream(json.at("/templating/list"));
  }

  Stream<Query> queries() {
    return panels()
        .flatMap(panel -> Monitoring.stream(panel.get("targets")).map(t -> of(panel, t)));
  }

  private Query of(JsonNode panel, JsonNode target) {
    return new Query(
        file + ", " + panel.get("title").asText(),
        variables()
            .reduce(
                target.get("expr").asText(),
                (expression, variable) ->
                    expression.replace(
                        "$" + variable.get("name").asText(),
                        variable.at("/current/value").asText()),
                (one, other) -> other),
        LABEL
            .matcher(target.get("legendFormat").asText())
            .results()
            .map((MatchResult label) -> label.group(1))
            .toList());
  }
}
