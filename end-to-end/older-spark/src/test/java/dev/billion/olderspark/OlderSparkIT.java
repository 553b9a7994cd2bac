// SPDX-License-Identifier: Apache-2.0
package dev.billion.olderspark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables of a run, read with a Spark of years before the one that wrote them. */
class OlderSparkIT {

  private static final Path HOME = Path.of("../..").toAbsolutePath().normalize();
  private static final Path SINK = HOME.resolve("spark-sink/target/spark-sink.jar");
  private static final Path READER =
      Path.of("src/test/java", Columns.class.getName().replace('.', '/') + ".java");
  private static final int MINUTES = 5;

  /** What Spark looks into on Java 17, by its JavaModuleOptions. */
  private static final List<String> OPENED =
      List.of(
          "java.lang",
          "java.lang.invoke",
          "java.lang.reflect",
          "java.io",
          "java.net",
          "java.nio",
          "java.util",
          "java.util.concurrent",
          "sun.nio.ch",
          "sun.nio.cs",
          "sun.security.action",
          "sun.util.calendar");

  @TempDir private Path directory;

  @Test
  void everyColumnHasTheSameContents() throws Exception {
    Path run = directory.resolve("run");
    java(
        "demo",
        "-Dbillion.home=" + HOME,
        "-jar",
        HOME.resolve("local-stack/target/local-stack.jar").toString(),
        "demo",
        "--dir=" + run,
        "--records=100k",
        "--rate=max",
        "--",
        "--poison=0.1%",
        "--late=1%");
    java("kpi", "-jar", SINK.toString(), "kpi", "--once", "--table=" + run.resolve("events"));
    List<String> tables =
        Stream.of("events", "dead_letters", "kpi_minute")
            .map(run::resolve)
            .map(Path::toString)
            .toList();

    List<String> older =
        contents("older", Files.readString(Path.of("target/spark.classpath")), tables);
    List<String> newest = contents("newest", SINK + "", tables);

    assertThat(older)
        .contains(run.resolve("events") + ": 100000 rows")
        .contains(run.resolve("dead_letters") + ": 100 rows")
        .isEqualTo(newest);
  }

  private List<String> contents(String name, String classpath, List<String> tables)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>();
    OPENED.forEach(opened -> arguments.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED"));
    arguments.addAll(List.of("-cp", classpath, READER.toString()));
    arguments.addAll(tables);
    return java(name, arguments.toArray(String[]::new));
  }

  /** What it prints. */
  private List<String> java(String name, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of(arguments));
    File out = directory.resolve(name + ".out").toFile();
    File log = directory.resolve(name + ".log").toFile();
    Process process = new ProcessBuilder(command).redirectOutput(out).redirectError(log).start();
    try {
      assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as(() -> name + ":\n" + read(log)).isZero();
    } finally {
      process.destroyForcibly();
    }
    return Files.readAllLines(out.toPath());
  }

  private static String read(File file) {
    try {
      return Files.readString(file.toPath());
    } catch (IOException e) {
      return e.toString();
    }
  }
}
