// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The built source tree, which holds the servers and programs that run as child processes.
 *
 * @param root its top directory
 */
public record Checkout(Path root) {

  /** The system property that names the root where it cannot be found from the class files. */
  public static final String PROPERTY = "billion.home";

  private static final Path SERVERS = Path.of("local-stack", "servers");

  /**
   * The tree that {@link #PROPERTY} names, else the one that this class was built in, else the one
   * around the working directory.
   *
   * @throws LocalStackException if there is none
   */
  public static Checkout find() {
    String home = System.getProperty(PROPERTY);
    if (home != null) {
      return new Checkout(Path.of(home).toAbsolutePath().normalize());
    }
    return Stream.of(codeSource(), Path.of("").toAbsolutePath())
        .flatMap(start -> Stream.iterate(start, path -> path != null, Path::getParent))
        .filter(path -> Files.exists(path.resolve(SERVERS).resolve("pom.xml")))
        .findFirst()
        .map(Checkout::new)
        .orElseThrow(
            () ->
                new LocalStackException(
                    "no billion checkout found: name its directory with -D" + PROPERTY + "=DIR"));
  }

  /** The jars of the broker. */
  public List<Path> brokerJars() {
    return files("broker", ".jar");
  }

  /**
   * A JVM option that has a broker tell Prometheus of itself, on the loopback interface.
   *
   * @throws LocalStackException if what it takes is not there
   */
  String brokerAgent(int port) {
    Path agent = built("local-stack", "servers", "target", "agent", "jmx_prometheus_javaagent.jar");
    Path settings = root.resolve(Path.of("monitoring", "jmx", "kafka.yml"));
    return "-javaagent:%s=%s:%d:%s".formatted(agent, Ports.HOST, port, settings);
  }

  /** The executable jar of the registry. */
  Path registryJar() {
    return files("registry", "-runner.jar").get(0);
  }

  /**
   * A file that a module's build makes.
   *
   * @throws LocalStackException if it is not there
   */
  public Path built(String first, String... more) {
    Path file = root.resolve(Path.of(first, more));
    if (!Files.exists(file)) {
      throw notBuilt(file);
    }
    return file;
  }

  private List<Path> files(String server, String suffix) {
    Path directory = root.resolve(SERVERS).resolve("target").resolve(server);
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> found = files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
      if (!found.isEmpty()) {
        return found;
      }
    } catch (IOException e) {
      throw notBuilt(directory);
    }
    throw notBuilt(directory);
  }

  private static LocalStackException notBuilt(Path path) {
    return new LocalStackException(path + " is not built: run ./mvnw package first");
  }

  private static Path codeSource() {
    try {
      return Path.of(Checkout.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("not a path: " + e.getInput(), e);
    }
  }
}
