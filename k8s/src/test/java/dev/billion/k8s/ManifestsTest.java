// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every overlay, with every choice of components that its file offers, against every rule. */
class ManifestsTest {

  private static final Pattern COMPONENT =
      Pattern.compile("^  (# )?- \\.\\./\\.\\./components/.*\n", Pattern.MULTILINE);

  private final Sources sources = Sources.here();
  private final Adapter adapter =
      Adapter.parse(Sources.read(sources.manifests().resolve("adapter/config.yaml")), "billion");

  private static Kustomize kustomize;

  @TempDir Path directory;

  @BeforeAll
  static void findKustomize() {
    Optional<Kustomize> found =
        Kustomize.find(System.getenv("PATH"), Path.of("src/test/resources/components"));
    Needed.otherwise(
        found.isPresent(), "the manifests: neither kustomize nor kubectl 1.21 is on the PATH");
    kustomize = found.orElseThrow();
  }

  @Test
  void theLocalOverlayIsWhatItShouldBe() throws IOException {
    assertThat(problems("local")).isEmpty();
  }

  @Test
  void theAwsOverlayIsWhatItShouldBe() throws IOException {
    assertThat(problems("aws")).isEmpty();
  }

  @Test
  void theAdaptersRulesAreForPrometheussNamespace() {
    Manifests adapter = kustomize.render(sources.manifests().resolve("adapter"));

    assertThat(adapter.all())
        .singleElement()
        .satisfies(
            map -> {
              assertThat(map.toString()).isEqualTo("ConfigMap billion-adapter");
              assertThat(map.at("metadata.namespace").asText()).isEqualTo("monitoring");
            });
  }

  /** In a copy, in which components are chosen as people do: by their lines in the overlay. */
  private List<String> problems(String overlay) throws IOException {
    copy(sources.manifests());
    copy(sources.root().resolve("monitoring/jmx"));
    Path file = directory.resolve("k8s/overlays/" + overlay + "/kustomization.yaml");
    String offered = Files.readString(file);
    List<String> lines = COMPONENT.matcher(offered).results().map(found -> found.group()).toList();
    assertThat(lines).as("components that the overlay offers").isNotEmpty();
    return IntStream.range(0, 1 << lines.size())
        .boxed()
        .flatMap(choice -> problems(file, chosen(offered, lines, choice)))
        .toList();
  }

  private Stream<String> problems(Path file, String kustomization) {
    try {
      Files.writeString(file, kustomization);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Manifests rendered = kustomize.render(file.getParent());
    assertThat(rendered.all()).hasSizeGreaterThan(20);
    String components =
        kustomization.lines().filter(line -> line.startsWith("  - ../../components")).toList() + "";
    return Rules.of(sources, adapter).stream()
        .flatMap(rule -> rule.problems(rendered).stream())
        .map(problem -> problem + " " + components);
  }

  private static String chosen(String kustomization, List<String> lines, int choice) {
    String chosen = kustomization;
    for (int i = 0; i < lines.size(); i++) {
      boolean isChosen = (choice >> i & 1) == 1;
      chosen = chosen.replace(lines.get(i), isChosen ? lines.get(i).replace("# ", "") : "");
    }
    return chosen;
  }

  private void copy(Path part) throws IOException {
    try (Stream<Path> files = Files.walk(part)) {
      for (Path file :
          files.filter(file -> file.toString().matches(".*\\.(yaml|yml|properties)")).toList()) {
        Path copy = directory.resolve(sources.root().relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }
}
