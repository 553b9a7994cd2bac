// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.chaos;

import dev.billion.local.ChildProcess;
import dev.billion.local.Errors;
import dev.billion.local.LocalStack;
import dev.billion.local.LocalStackException;
import dev.billion.local.demo.Programs;
import dev.billion.local.demo.Workspace;
import dev.billion.local.program.Member;
import dev.billion.local.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;

/** Emitters and sink on a stack, looked after. Safe for use by several threads. */
final class Pipeline implements AutoCloseable {

  private static final Duration TICK = Duration.ofMillis(200);
  private static final String JVM_OPTIONS = "JDK_JAVA_OPTIONS";

  private final Emitters emitters;
  private final SupervisedSink sink;
  private final Admin admin;
  private final Map<Target, Part> parts = new EnumMap<>(Target.class);

  /**
   * Starts them.
   *
   * @param emitter what starts the emitter, before its own arguments
   * @param diary is told when one ends by itself
   */
  Pipeline(
      ChaosOptions options,
      Workspace space,
      LocalStack stack,
      List<String> emitter,
      Programs programs,
      Diary diary) {
    List<String> flags =
        List.of(
            "--shards=" + ChaosOptions.SHARDS,
            "--rate=" + options.rate(),
            "--poison=" + options.poison());
    Map<String, String> environment = environment(space);
    Member.Recipe recipe = new Member.Recipe(emitter, stack, Programs.TOPIC, flags, environment);
    emitters =
        new Emitters(
            ChaosOptions.EMITTERS,
            number -> recipe.start("emitter-" + number),
            new Failures(diary));
    sink =
        new SupervisedSink(
            () ->
                Program.start(
                    new ChildProcess.Command(
                        "sink", programs.stream(space, stack), environment, space.log("sink"))),
            new Failures(diary));
    admin = stack.admin();
    parts.put(Target.EMITTER, emitters);
    parts.put(Target.SINK, sink);
    parts.put(Target.BROKER, new Brokers(stack.brokers(), admin, new Failures(diary)));
    parts.put(Target.REGISTRY, new SchemaRegistry(stack.registry(), new Failures(diary)));
  }

  /** What the killed leave behind lies in the work place, which is removed as a whole. */
  private static Map<String, String> environment(Workspace space) {
    Path scratch = space.directory().resolve("tmp");
    try {
      Files.createDirectories(scratch);
    } catch (IOException e) {
      throw new LocalStackException("cannot write " + Errors.describe(e), e);
    }
    String options = System.getenv().getOrDefault(JVM_OPTIONS, "");
    return Map.of(JVM_OPTIONS, "%s \"-Djava.io.tmpdir=%s\"".formatted(options, scratch).strip());
  }

  Part part(Target target) {
    return parts.get(target);
  }

  Emitters emitters() {
    return emitters;
  }

  SupervisedSink sink() {
    return sink;
  }

  Admin admin() {
    return admin;
  }

  /** Whether records come from every emitter and through the sink. */
  boolean flows() {
    return emitters.flow() && sink.events() > 0;
  }

  void tend() {
    parts.values().forEach(Part::tend);
  }

  /**
   * Looks after all until a condition holds. If it never does, the logs tell what every thread of
   * emitters and sink was at.
   *
   * @param what is to become true, for people
   * @throws LocalStackException if it does not within {@code limit}
   */
  void await(BooleanSupplier condition, Duration limit, String what) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        List<ChildProcess> stuck = new ArrayList<>(emitters.processes());
        stuck.add(sink.process());
        ChildProcess.printThreads(stuck);
        throw new LocalStackException("%s within %d s".formatted(what, limit.toSeconds()));
      }
      tend();
      Thread.sleep(TICK.toMillis());
    }
  }

  /** Ends what has not ended. */
  @Override
  public void close() {
    emitters.kill();
    sink.stop();
    admin.close(Duration.ZERO);
  }
}
