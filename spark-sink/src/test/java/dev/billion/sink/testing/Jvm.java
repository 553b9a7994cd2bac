// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the packaged program is run where its start is most of the work. */
final class Jvm {

  static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();
  static final String JAR = System.getProperty("sink.jar");

  /** The first compiler alone is given a code cache that Spark's SQL fills, and then stops. */
  static final List<String> SHORT_LIVED =
      List.of(
          "-Xmx1g",
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-XX:ReservedCodeCacheSize=240m");

  /** The program's classes, parsed once for all starts (JEP 350), as {@code ./billion} has them. */
  static final Path CLASSES = classes();

  private Jvm() {}

  private static Path classes() {
    Path jar = Path.of(JAR);
    Path classes = jar.resolveSibling("spark-sink.jsa");
    try {
      if (!Files.exists(classes)
          || Files.getLastModifiedTime(classes).compareTo(Files.getLastModifiedTime(jar)) < 0) {
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(SHORT_LIVED);
        command.add("-XX:ArchiveClassesAtExit=" + classes);
        command.addAll(List.of("-jar", JAR, "verify", "--table", "/dev/null"));
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor(); // there is no table; its classes are loaded
      }
      return classes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the classes are archived", e);
    }
  }
}
