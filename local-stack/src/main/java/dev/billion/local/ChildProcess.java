// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A running program whose output goes to a log file and, line by line, to listeners. It does not
 * see the terminal's Ctrl-C, which reaches every process of the foreground: the parent decides the
 * order in which its children stop. Its standard input is a pipe that ends with the parent. Safe
 * for use by several threads.
 */
public final class ChildProcess {

  /** An exit status above this one is this one plus the number of the signal that killed it. */
  public static final int SIGNALLED = 128;

  private static final int TAIL_LINES = 200;
  private static final long PRINTED_MILLIS = 2000;
  private static final List<String> WITHOUT_CTRL_C =
      List.of("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "sh");

  /**
   * What to run.
   *
   * @param name what people call it
   * @param arguments the program and its arguments
   * @param environment variables to add to those of the parent
   * @param log the file that its output is appended to
   */
  public record Command(
      String name, List<String> arguments, Map<String, String> environment, Path log) {}

  private final Command command;
  private final Process process;
  private final Deque<String> tail = new ArrayDeque<>();
  private final CompletableFuture<Integer> exit;

  private ChildProcess(
      Command command,
      Process process,
      Writer log,
      Consumer<String> stdout,
      Consumer<String> stderr) {
    this.command = command;
    this.process = process;
    CompletableFuture<Void> out = pump(process.getInputStream(), "stdout", log, stdout);
    CompletableFuture<Void> err = pump(process.getErrorStream(), "stderr", log, stderr);
    this.exit =
        CompletableFuture.allOf(out, err)
            .thenCombine(process.onExit(), (nothing, ended) -> ended.exitValue())
            .whenComplete((status, trouble) -> close(log));
  }

  /** Starts a program that nobody listens to. */
  public static ChildProcess start(Command command) {
    return start(command, line -> {}, line -> {});
  }

  /**
   * Starts a program. The listeners are called by one thread each.
   *
   * @throws LocalStackException if it cannot be started or its log cannot be written
   */
  public static ChildProcess start(
      Command command, Consumer<String> stdout, Consumer<String> stderr) {
    List<String> arguments = new ArrayList<>(WITHOUT_CTRL_C);
    arguments.addAll(command.arguments());
    ProcessBuilder builder = new ProcessBuilder(arguments);
    builder.environment().putAll(command.environment());
    try {
      Files.createDirectories(command.log().getParent());
      Writer log =
          Files.newBufferedWriter(
              command.log(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      return new ChildProcess(command, builder.start(), log, stdout, stderr);
    } catch (IOException e) {
      throw new LocalStackException(
          "cannot start the %s: %s".formatted(command.name(), Errors.describe(e)), e);
    }
  }

  public String name() {
    return command.name();
  }

  public Path log() {
    return command.log();
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Completes with the exit status, once all output was delivered. Death by a signal gives 128 plus
   * the signal's number.
   */
  public CompletableFuture<Integer> onExit() {
    return exit.copy();
  }

  /** Waits for its end, and says in one line how it ended. */
  public String ended() {
    int status = exit.join();
    return "the %s ended %s; its log: %s"
        .formatted(
            name(),
            status > SIGNALLED ? "by signal " + (status - SIGNALLED) : "with status " + status,
            log());
  }

  /** The last lines it wrote, oldest first. */
  public List<String> tail() {
    synchronized (tail) {
      return List.copyOf(tail);
    }
  }

  /** Asks it to stop (SIGTERM) and returns at once. */
  public void terminate() {
    // not Process.destroy(), which would also close the pipes and so cut off its last words
    process.toHandle().destroy();
  }

  /** Stops it where it is (SIGSTOP), until it is woken. */
  public void freeze() throws InterruptedException {
    signal("STOP");
  }

  /** Has it go on (SIGCONT). */
  public void wake() throws InterruptedException {
    signal("CONT");
  }

  /** Stops it where it is for a while. */
  public void freeze(Duration time) throws InterruptedException {
    freeze();
    try {
      Thread.sleep(time.toMillis());
    } finally {
      wake();
    }
  }

  /**
   * Has programs that do not come along print the stacks of their threads to their logs (SIGQUIT),
   * and gives them the time for it. They are to be JVMs or native emitters: others would die of it.
   */
  public static void printThreads(Collection<ChildProcess> stuck) throws InterruptedException {
    for (ChildProcess process : stuck) {
      process.signal("QUIT");
    }
    Thread.sleep(PRINTED_MILLIS);
  }

  private void signal(String name) throws InterruptedException {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
    } catch (IOException e) {
      throw new LocalStackException("cannot run kill: " + Errors.describe(e), e);
    }
  }

  /** Ends it (SIGKILL) and waits until it is gone. */
  public void kill() {
    process.toHandle().destroyForcibly();
    exit.join();
  }

  /** Asks it to stop, and kills it when it has not within {@code grace}. */
  public void stop(Duration grace) {
    terminate();
    try {
      if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
    }
    exit.join();
  }

  private CompletableFuture<Void> pump(
      InputStream stream, String kind, Writer log, Consumer<String> listener) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Runnable pump =
        () -> {
          try {
            copy(stream, log, listener);
          } finally {
            done.complete(null);
          }
        };
    Thread thread = new Thread(pump, name() + "-" + kind);
    thread.setDaemon(true);
    thread.start();
    return done;
  }

  private void copy(InputStream stream, Writer log, Consumer<String> listener) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        keep(line);
        write(line, log);
        listener.accept(line);
      }
    } catch (IOException e) {
      keep("cannot read the output: " + Errors.describe(e));
    }
  }

  private void keep(String line) {
    synchronized (tail) {
      if (tail.size() == TAIL_LINES) {
        tail.removeFirst();
      }
      tail.addLast(line);
    }
  }

  private void write(String line, Writer log) {
    try {
      synchronized (log) {
        log.write(line + "\n");
        log.flush();
      }
    } catch (IOException e) {
      // a full disk must not stop the program or its listener
      keep("cannot write %s: %s".formatted(log(), Errors.describe(e)));
    }
  }

  private void close(Writer log) {
    try {
      log.close();
    } catch (IOException e) {
      keep("cannot write %s: %s".formatted(log(), Errors.describe(e)));
    }
  }
}
