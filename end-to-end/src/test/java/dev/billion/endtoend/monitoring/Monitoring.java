// SPDX-License-Identifier: Apache-2.0
package dev.billion.endtoend.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.billion.local.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of the repository that watch the pipeline. */
final class Monitoring {

  static final Path ROOT = Checkout.find().root();
  static final Path PROMETHEUS = ROOT.resolve("monitoring/prometheus");
  static final Path ALERTMANAGER = ROOT.resolve("monitoring/alertmanager/alertmanager.yml");

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Pattern METRIC =
      Pattern.compile(
          "\\b(emitter|sink|kafka|process|jvm)_[a-z0-9_]+|\\b(fleet|pipeline|sink|kafka):[a-z0-9_:]+");

  private Monitoring() {}

  static JsonNode yaml(Path file) {
    try {
      return YAML.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Path> files(Path directory, String suffix) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All rules that are alerts, or none of them. */
  static List<JsonNode> rules(boolean alerts) {
    return files(PROMETHEUS.resolve("rules"), ".yml").stream()
        .flatMap(file -> stream(yaml(file).get("groups")))
        .flatMap(group -> stream(group.get("rules")))
        .filter(rule -> rule.has("alert") == alerts)
        .toList();
  }

  /** The metrics of ours, and of what we run, that an expression is about. */
  static List<String> metrics(String expression) {
    return METRIC.matcher(expression).results().map(MatchResult::group).distinct().toList();
  }

  static Stream<JsonNode> stream(JsonNode array) {
    return Stream.iterate(0, i -> i < array.size(), i -> i + 1).map(array::get);
  }
}
