// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.testing;

import dev.billion.sink.Main;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
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
    this(directory, environment, List.of("-jar", Jvm.JAR), args);
  }

  /**
   * @param program what to run, in the words of the java command
   */
  private ChildSink(
      Path directory, Map<String, String> environment, List<String> program, List<String> args)
      throws IOException {
    out = Files.createTempFile(directory, "sink", ".out");
    err = Files.createTempFile(directory, "sink", ".err");
    List<String> command = new ArrayList<>();
    command.add(Jvm.JAVA);
    command.addAll(Jvm.SHORT_LIVED);
    command.addAll(List.of("-XX:SharedArchiveFile=" + Jvm.CLASSES, "-Xlog:cds=off"));
    command.addAll(program);
    command.addAll(args);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().putAll(environment);
    process = builder.start();
  }

  /**
   * One whose file system may get a {@link Fault}.
   *
   * @param directory where it is armed, and where the output goes
   */
  public static ChildSink withFaults(Path directory, List<String> args) throws IOException {
    List<String> program = new ArrayList<>();
    program.add("-D%s=%s".formatted(FaultyDisk.DIRECTORY, directory));
    program.add("-Dspark.hadoop.fs.file.impl=" + FaultyFileSystem.class.getName());
    program.add("-D%s=%s".formatted(FaultyLogStore.SETTING, FaultyLogStore.class.getName()));
    // what the jar's manifest opens counts with -jar only
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(program::add);
    String tests = Fault.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    program.addAll(List.of("-cp", Jvm.JAR + File.pathSeparator + tests));
    program.add(Main.class.getName());
    return new ChildSink(directory, Map.of(), program, args);
  }

  public List<String> out() throws IOException {
    return Files.readAllLines(out);
  }

  public List<String> err() throws IOException {
    return Files.readAllLines(err);
  }

  /** The last line of standard error. */
  public String lastError() throws IOException {
    List<String> lines = err();
    return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
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
