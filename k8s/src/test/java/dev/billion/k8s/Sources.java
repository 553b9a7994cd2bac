// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s;

import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The checkout.
 *
 * @param root where it is
 */
record Sources(Path root) {

  private static final Pattern OPTION = Pattern.compile("\"(--[a-z-]+)\"");

  /** The one that the tests of this module run in. */
  static Sources here() {
    return new Sources(Path.of("").toAbsolutePath().getParent());
  }

  Path manifests() {
    return root.resolve("k8s");
  }

  /**
   * The options of the sink's {@code stream}, from its sources: its classes cannot be loaded
   * without Spark.
   */
  Set<String> sinkOptions() {
    Path cli = root.resolve("spark-sink/src/main/java/dev/billion/sink/cli");
    return Stream.of("Stream", "Registry", "Schema", "Chore", "Maintain", "Metrics", "Output")
        .map(name -> cli.resolve(name + "Options.java"))
        .flatMap(file -> OPTION.matcher(read(file)).results())
        .map(found -> found.group(1))
        .collect(toSet());
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
