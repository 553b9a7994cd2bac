// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.program;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billion.local.ChildProcess;
import dev.billion.local.LocalStackException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * A running producer, sink or verifier.
 *
 * @param process the process
 * @param feed what it says
 */
public record Program(ChildProcess process, Feed feed) {

  /**
   * Runs one to its end.
   *
   * @return its summary
   * @throws LocalStackException if it ended without one
   */
  public static JsonNode run(String name, List<String> command, Path log)
      throws InterruptedException {
    Program program = start(name, command, log);
    try {
      program.process().onExit().get();
      return program.summary();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      program.stop(Duration.ZERO);
    }
  }

  public static Program start(String name, List<String> command, Path log) {
    return start(new ChildProcess.Command(name, command, Map.of(), log));
  }

  /** Starts one with an environment of its own. */
  public static Program start(ChildProcess.Command command) {
    Feed feed = new Feed();
    ChildProcess process = ChildProcess.start(command, feed::stdout, feed::stderr);
    return new Program(process, feed);
  }

  public boolean ended() {
    return process.onExit().isDone();
  }

  /** Its exit status, once it ended. */
  public int status() {
    return process.onExit().join();
  }

  public void stop(Duration grace) {
    process.stop(grace);
  }

  /**
   * Its summary.
   *
   * @throws LocalStackException if it ended without one
   */
  public JsonNode summary() {
    return feed.summary().orElseThrow(this::failure);
  }

  /** Why it ended, in its own words where it left any. */
  public LocalStackException failure() {
    return new LocalStackException(
        feed.error()
            .map(
                error ->
                    "the %s failed: %s; its log: %s"
                        .formatted(process.name(), error, process.log()))
            .orElseGet(process::ended));
  }
}
