// SPDX-License-Identifier: Apache-2.0
package dev.billion.packaging;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Packs the sink, whose jar names its libraries, into {@code spark-sink-submit.jar} without Spark
 * and {@code spark-sink-standalone.jar} with it.
 */
public final class Main {

  private Main() {}

  /**
   * @param args the sink's jar; a file with the class path of a plain Spark; where the jars go
   */
  public static void main(String[] args) throws IOException {
    Path sink = Path.of(args[0]);
    Path target = Path.of(args[2]);
    Manifest manifest = manifest(sink);
    List<Path> jars =
        Stream.concat(Stream.of(sink), libraries(manifest).map(sink::resolveSibling)).toList();
    Set<String> spark =
        Stream.of(Files.readString(Path.of(args[1])).trim().split(File.pathSeparator))
            .map(jar -> Path.of(jar).getFileName().toString())
            .collect(Collectors.toSet());
    manifest.getMainAttributes().remove(Attributes.Name.CLASS_PATH);
    manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");

    pack(target.resolve("spark-sink-standalone.jar"), manifest, jars);
    pack(
        target.resolve("spark-sink-submit.jar"),
        manifest,
        jars.stream().filter(jar -> !spark.contains(jar.getFileName().toString())).toList());
  }

  private static Manifest manifest(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.getManifest();
    }
  }

  private static Stream<String> libraries(Manifest manifest) {
    return Stream.of(
        manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH).trim().split(" +"));
  }

  private static void pack(Path file, Manifest manifest, List<Path> jars) throws IOException {
    try (OneJar one = new OneJar(file, manifest)) {
      for (Path jar : jars) {
        one.add(jar);
      }
    }
  }
}
