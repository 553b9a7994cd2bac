// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * What the build made of the emitter: a jar, or with {@code -Dnative} a binary.
 *
 * @param file the jar or the binary
 * @param isBinary which of the two
 */
record Artifact(Path file, boolean isBinary) {

  /** An option of the JVM that pays where it lives for seconds: the quick compiler alone. */
  static final String QUICK_START = "-XX:TieredStopAtLevel=1";

  /** The one of the latest build, as that build wrote it down. */
  static Artifact latest() {
    Path target = Path.of("target");
    Properties built = new Properties();
    try (Reader reader = Files.newBufferedReader(target.resolve("quarkus-artifact.properties"))) {
      built.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException("the emitter is not built", e);
    }
    return new Artifact(
        target.resolve(built.getProperty("path")).toAbsolutePath(),
        built.getProperty("type").equals("native"));
  }

  /** How to run it. */
  List<String> command(List<String> flags) {
    List<String> command = new ArrayList<>();
    if (!isBinary) {
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      command.addAll(List.of(java, QUICK_START, "-jar"));
    }
    command.add(file.toString());
    command.addAll(flags);
    return command;
  }
}
