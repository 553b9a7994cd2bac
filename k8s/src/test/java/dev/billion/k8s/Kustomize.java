// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The program that puts overlays together, {@code kustomize} or the one in {@code kubectl}.
 *
 * @param command how it is called
 */
public record Kustomize(List<String> command) {

  private static final List<List<String>> WAYS =
      List.of(List.of("kustomize", "build"), List.of("kubectl", "kustomize"));

  /** The one on the PATH that has components (kustomize 3.7, kubectl 1.21), if there is one. */
  public static Optional<Kustomize> find(String searchPath, Path example) {
    return WAYS.stream()
        .filter(way -> isThere(searchPath, way.get(0)))
        .map(Kustomize::new)
        .filter(way -> way.can(example))
        .findFirst();
  }

  /**
   * What is applied by {@code kubectl apply -k DIRECTORY}.
   *
   * @throws IllegalArgumentException if it cannot be put together; the program's words say why
   */
  public Manifests render(Path directory) {
    try {
      Path errors = Files.createTempFile("kustomize", ".log");
      List<String> whole = new ArrayList<>(command);
      whole.add(directory.toString());
      Process process = new ProcessBuilder(whole).redirectError(errors.toFile()).start();
      String yaml = new String(process.getInputStream().readAllBytes(), UTF_8);
      boolean done = process.waitFor() == 0;
      String said = Files.readString(errors);
      Files.delete(errors);
      if (!done) {
        throw new IllegalArgumentException("cannot put %s together: %s".formatted(directory, said));
      }
      return Manifests.parse(yaml);
    } catch (IOException e) {
      throw new IllegalStateException("cannot run " + command, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private boolean can(Path example) {
    try {
      render(example);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  static boolean isThere(String searchPath, String program) {
    return Stream.of(searchPath.split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }
}
