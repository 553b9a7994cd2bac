// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.billion.local.Binary;
import dev.billion.local.ChildProcess;
import dev.billion.local.LocalStack;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The packaged emitter as a process, as its users run it. */
final class EmitterProcess {

  private static final Duration LIFETIME = Duration.ofMinutes(2);

  /** Most live for a few seconds only, and a fleet's first member need not wait for more. */
  private static final Map<String, String> QUICK_START = Map.of("EMITTER_FLEET_LEAD", "500ms");

  private final List<String> stdout = new CopyOnWriteArrayList<>();
  private final List<String> stderr = new CopyOnWriteArrayList<>();
  private final ChildProcess process;

  private EmitterProcess(LocalStack stack, Map<String, String> environment, List<String> flags) {
    process =
        ChildProcess.start(
            new ChildProcess.Command(
                "emitter",
                command(stack, Artifact.latest(), flags),
                with(QUICK_START, environment),
                stack.directory().resolve("emitter.log")),
            stdout::add,
            stderr::add);
  }

  private static List<String> command(LocalStack stack, Artifact emitter, List<String> flags) {
    return emitter.isBinary()
        ? Binary.command(emitter.file(), flags)
        : stack.java().jar(List.of("-Xmx256m", Artifact.QUICK_START), emitter.file(), flags);
  }

  private static Map<String, String> with(Map<String, String> some, Map<String, String> more) {
    Map<String, String> all = new HashMap<>(some);
    all.putAll(more);
    return all;
  }

  static EmitterProcess start(LocalStack stack, String... flags) {
    return start(stack, Map.of(), flags);
  }

  static EmitterProcess start(LocalStack stack, Map<String, String> environment, String... flags) {
    return new EmitterProcess(stack, environment, List.of(flags));
  }

  int awaitExit() {
    return awaitExit(LIFETIME);
  }

  int awaitExit(Duration atMost) {
    return process.onExit().orTimeout(atMost.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  boolean hasEnded() {
    return process.onExit().isDone();
  }

  void terminate() {
    process.terminate();
  }

  void freeze() throws InterruptedException {
    process.freeze();
  }

  void wake() throws InterruptedException {
    process.wake();
  }

  void kill() {
    process.kill();
  }

  /** The one JSON object on standard output. */
  JsonNode summary() throws JsonProcessingException {
    return new ObjectMapper().readTree(stdout.get(stdout.size() - 1));
  }

  List<String> stdout() {
    return stdout;
  }

  List<String> stderr() {
    return stderr;
  }
}
