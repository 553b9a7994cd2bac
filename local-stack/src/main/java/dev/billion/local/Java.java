// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Command lines of child JVMs: the Java that runs this program, under {@link ParentWatch}.
 *
 * @param agent the agent's jar
 */
public record Java(Path agent) {

  /** Runs an executable jar. */
  public List<String> jar(List<String> options, Path jar, List<String> arguments) {
    return command(options, List.of("-jar", jar.toString()), arguments);
  }

  /** Runs a class from a class path. */
  public List<String> main(
      List<String> options, List<Path> classPath, String mainClass, List<String> arguments) {
    String path =
        classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    return command(options, List.of("-cp", path, mainClass), arguments);
  }

  private List<String> command(List<String> options, List<String> program, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-javaagent:" + agent);
    command.addAll(options);
    command.addAll(program);
    command.addAll(arguments);
    return command;
  }
}
