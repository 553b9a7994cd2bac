// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The operator's rules are those of {@code monitoring/prometheus/rules}. */
class PrometheusRulesTest {

  private final Sources sources = Sources.here();

  @Test
  void eachFileOfRulesIsAPrometheusRule() throws IOException {
    Path rules = sources.root().resolve("monitoring/prometheus/rules");
    Path made = sources.manifests().resolve("components/monitoring/rules");

    assertThat(names(rules, ".yml")).isNotEmpty().isEqualTo(names(made, ".yaml"));
    for (String name : names(rules, ".yml")) {
      assertThat(read(made.resolve(name + ".yaml")).path("spec"))
          .as("%s, made anew by k8s/prometheus-rules", name)
          .isEqualTo(read(rules.resolve(name + ".yml")));
    }
  }

  private static JsonNode read(Path file) {
    return Manifests.parse(Sources.read(file)).all().get(0).document();
  }

  private static List<String> names(Path directory, String ending) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ending))
          .map(name -> name.substring(0, name.length() - ending.length()))
          .sorted()
          .toList();
    }
  }
}
