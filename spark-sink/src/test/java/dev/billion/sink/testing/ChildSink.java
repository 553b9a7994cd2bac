// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged program as a process of its own, with its output in files. */
public final class ChildSink implements AutoCloseable {

  private final Process process;
  private final Path out;
  private final Path err;

  public ChildSink(Path directory, List<String> args) throws IOException {
    this(directory, Map.of(), args);
  }

  /**
   * @param environment variables to add to those of this process
   */
  public ChildSink(Path directory, Map<String, String> environment, List<String> args)
      throws IOException {
    out = Files.createTempFile(directory, "sink", ".out");
    err = Files.createTempFile(directory, "sink", ".err");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx1g", "-XX:TieredStopAtLevel=1", "-jar", System.getProperty("sink.jar")));
    command.addAll(args);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().putAll(environment);
    process = builder.start();
  }

  public List<String> out() throws IOException {
    return Files.readAllLines(out);
  }

  public List<String> err() throws IOException {
    return Files.readAllLines(err);
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  /** SIGKILL after a time, unless it ends before. */
  public void killAfter(long millis) throws InterruptedException {
    if (!process.waitFor(millis, TimeUnit.MILLISECONDS)) {
      close();
    }
  }

  /** The exit code. */
  public int await(long seconds) throws InterruptedException {
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      throw new AssertionError("the sink did not end within " + seconds + " s");
    }
    return process.exitValue();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
