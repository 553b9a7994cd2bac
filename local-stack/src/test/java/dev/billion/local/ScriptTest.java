// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The {@code billion} script, as far as it goes without a build. */
class ScriptTest {

  private static final Path SCRIPT = Checkout.find().root().resolve("billion");

  private static final Map<String, String> NO_JAVA = Map.of("JAVA_HOME", "/nowhere");

  @TempDir private Path directory;

  private final Queue<String> out = new ConcurrentLinkedQueue<>();
  private final Queue<String> err = new ConcurrentLinkedQueue<>();

  @Test
  void helpListsTheCommandsAlsoThroughALink() throws Exception {
    // Given
    Path link = Files.createSymbolicLink(directory.resolve("billion"), SCRIPT);

    // When
    int status = run(link, Map.of(), "--help");
    Files.delete(link);

    // Then
    assertThat(status).isZero();
    assertThat(out).anyMatch(line -> line.startsWith("  demo      "));
    assertThat(err).isEmpty();
  }

  @Test
  void aCommandThatIsNotThereIsOneLine() {
    assertThat(run(SCRIPT, Map.of(), "deploy")).isEqualTo(2);
    assertThat(err)
        .containsExactly(
            "error: no such command: 'deploy' (valid: demo, up, produce, control, sink, verify,"
                + " kpi, replay-dead-letters, maintain, soak, chaos, bench, --help)");
  }

  @Test
  void aJavaThatIsNotThereIsOneLine() {
    assertThat(run(SCRIPT, NO_JAVA, "up")).isEqualTo(1);
    assertThat(err)
        .containsExactly(
            "error: no Java found at '/nowhere/bin/java': install Java 17 or newer, or set"
                + " JAVA_HOME to one");
  }

  @Test
  void aJavaThatIsTooOldIsOneLine() throws Exception {
    // Given
    Path java = Files.createDirectories(directory.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"1.8.0_392\"' >&2\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();

    // When
    int status = run(SCRIPT, Map.of("JAVA_HOME", directory.toString()), "up");

    // Then
    assertThat(status).isEqualTo(1);
    assertThat(err)
        .containsExactly(
            "error: '%s' is Java 1, 17 or newer is needed: set JAVA_HOME to one".formatted(java));
  }

  @Test
  void produceIsTheNativeBinaryWithoutJavaUnlessASourceIsNewer() throws Exception {
    // Given
    sources("schemas", "producer-native");
    Path script = Files.copy(SCRIPT, directory.resolve("billion"));
    Path target = Files.createDirectories(directory.resolve("producer-native/target"));
    Path binary = Files.writeString(target.resolve("emitter-runner"), "#!/bin/sh\necho \"$@\"\n");
    assertThat(binary.toFile().setExecutable(true)).isTrue();

    // When
    int fresh = run(script, NO_JAVA, "produce", "--records", "10");
    Files.setLastModifiedTime(binary, FileTime.fromMillis(0));
    int stale = run(script, NO_JAVA, "produce", "--records", "10");

    // Then
    assertThat(fresh).isZero();
    assertThat(out).containsExactly("--records 10");
    assertThat(stale).isEqualTo(1);
    assertThat(err).singleElement().asString().startsWith("error: no Java found");
  }

  @Test
  void theSinksClassesAreArchivedOnce() throws Exception {
    // Given
    sources("schemas", "spark-sink");
    Path script = Files.copy(SCRIPT, directory.resolve("billion"));
    Path target = Files.createDirectories(directory.resolve("spark-sink/target"));
    Files.createFile(target.resolve("spark-sink.jar"));
    Path java = Files.createDirectories(directory.resolve("bin")).resolve("java");
    Files.writeString(
        java,
        """
        #!/bin/sh
        case "$1" in
          -version) echo 'openjdk version "17.0.15" 2025-04-15' >&2 ;;
          -XX:ArchiveClassesAtExit=*) echo classes >"${1#*=}" ;;
          *) echo "$@" ;;
        esac
        """);
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Map<String, String> home = Map.of("JAVA_HOME", directory.toString());

    // When
    int first = run(script, home, "verify", "--table", "events");
    int second = run(script, home, "verify", "--table", "events");

    // Then
    Path archive = target.resolve("spark-sink.jsa");
    assertThat(List.of(first, second)).containsOnly(0);
    assertThat(archive).hasContent("classes");
    assertThat(out)
        .hasSize(2)
        .allMatch(line -> line.contains(" -XX:SharedArchiveFile=" + archive + " "))
        .allMatch(line -> line.endsWith("/spark-sink.jar verify --table events"));
    assertThat(err).containsExactly("archiving the sink's classes ...");
  }

  /** What the script looks at to see whether a module is to be built. */
  private void sources(String... modules) throws Exception {
    Files.createFile(directory.resolve("pom.xml"));
    for (String module : modules) {
      Files.createDirectories(directory.resolve(module).resolve("src/main"));
      Files.createFile(directory.resolve(module).resolve("pom.xml"));
    }
  }

  private int run(Path script, Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    Path log = directory.resolve("script.log");
    return ChildProcess.start(
            new ChildProcess.Command("script", command, environment, log), out::add, err::add)
        .onExit()
        .join();
  }
}
