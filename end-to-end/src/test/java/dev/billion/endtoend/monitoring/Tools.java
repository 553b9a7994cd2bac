// SPDX-License-Identifier: Apache-2.0
package dev.billion.endtoend.monitoring;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of Prometheus that a machine may have or not. */
enum Tools {
  PROMETHEUS("prometheus", "prometheus"),
  PROMTOOL("prometheus", "promtool"),
  ALERTMANAGER("prometheus-alertmanager", "prometheus-alertmanager", "alertmanager"),
  AMTOOL("prometheus-alertmanager", "amtool");

  private final String debianPackage;
  private final List<String> names;

  Tools(String debianPackage, String... names) {
    this.debianPackage = debianPackage;
    this.names = List.of(names);
  }

  /** The program; a test that asks for one that is not there is not run, and says so. */
  Path assumed() {
    Optional<Path> found = find();
    assumeThat(found)
        .as("%s is not on the PATH: it is in Debian's package %s", names.get(0), debianPackage)
        .isPresent();
    return found.orElseThrow();
  }

  private Optional<Path> find() {
    return names.stream()
        .flatMap(
            name ->
                Stream.of(System.getenv("PATH").split(":"))
                    .map(folder -> Path.of(folder, name))
                    .filter(Files::isExecutable))
        .findFirst();
  }
}
