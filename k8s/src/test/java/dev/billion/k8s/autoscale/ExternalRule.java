// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s.autoscale;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of the {@code externalRules} of prometheus-adapter's configuration: how a metric of the
 * external metrics API is asked of Prometheus. As the adapter does, it fills in the series, the
 * matchers of namespace and selector, and no grouping; no more of its template language is
 * understood.
 *
 * @param metric the name that the API knows it by
 * @param series the name that Prometheus knows it by
 * @param namespaceLabel the label that holds the namespace
 * @param template of the query
 */
record ExternalRule(String metric, String series, String namespaceLabel, String template) {

  private static final Pattern SERIES = Pattern.compile("^[a-zA-Z_:][a-zA-Z0-9_:]*");
  private static final Pattern SELECTOR = Pattern.compile("([^=!,]+)==?([^=!,]*)");

  /** The rules of a configuration. */
  static List<ExternalRule> of(JsonNode configuration) {
    List<ExternalRule> rules = new ArrayList<>();
    configuration.path("externalRules").forEach(rule -> rules.add(rule(rule)));
    return rules;
  }

  private static ExternalRule rule(JsonNode rule) {
    String seriesQuery = rule.path("seriesQuery").asText();
    Matcher series = SERIES.matcher(seriesQuery);
    if (!series.find()) {
      throw new IllegalArgumentException("names no series: seriesQuery=" + seriesQuery);
    }
    return new ExternalRule(
        rule.at("/name/as").asText(series.group()),
        series.group(),
        namespaceLabel(rule.path("resources")),
        rule.path("metricsQuery").asText());
  }

  private static String namespaceLabel(JsonNode resources) {
    for (var override : resources.path("overrides").properties()) {
      if (override.getValue().path("resource").asText().equals("namespace")) {
        return override.getKey();
      }
    }
    throw new IllegalArgumentException("no label is the namespace: resources=" + resources);
  }

  /**
   * The query for a namespace.
   *
   * @param selector labels that the series must have, such as {@code a=b,c=d}
   */
  String query(String namespace, String selector) {
    List<String> matchers = new ArrayList<>();
    if (!selector.isEmpty()) {
      for (String part : selector.split(",", -1)) {
        Matcher equal = SELECTOR.matcher(part);
        if (!equal.matches()) {
          throw new IllegalArgumentException("not supported: selector=" + selector);
        }
        matchers.add("%s=\"%s\"".formatted(equal.group(1), equal.group(2)));
      }
    }
    matchers.add("%s=\"%s\"".formatted(namespaceLabel, namespace));
    String query =
        template
            .replace("<<.Series>>", series)
            .replace("<<.LabelMatchers>>", String.join(",", matchers))
            .replace("<<.GroupBy>>", "");
    if (query.contains("<<")) {
      throw new IllegalArgumentException("not supported: metricsQuery=" + template);
    }
    return query;
  }
}
