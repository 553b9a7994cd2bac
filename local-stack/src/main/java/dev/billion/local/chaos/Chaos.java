// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billion.local.Errors;
import dev.billion.local.LocalStack;
import dev.billion.local.LocalStackException;
import dev.billion.local.Together;
import dev.billion.local.demo.Demo;
import dev.billion.local.demo.OffsetReader;
import dev.billion.local.demo.Offsets;
import dev.billion.local.demo.Programs;
import dev.billion.local.demo.Workspace;
import dev.billion.local.program.Program;
import dev.billion.schemas.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.IsolationLevel;

/** A pipeline under load whose parts are struck as a plan says, then the proof. */
final class Chaos {

  private static final Duration BETWEEN_NOTES = Duration.ofSeconds(10);
  private static final Duration TICK = Duration.ofMillis(500);

  private final ChaosOptions options;
  private final Workspace space;
  private final LocalStack stack;
  private final Tools tools;
  private final Diary diary;

  /**
   * What to run.
   *
   * @param emitter what starts the emitter, before its own arguments
   * @param control what steers a fleet, before its own arguments
   * @param programs sink and verifier
   */
  record Tools(List<String> emitter, List<String> control, Programs programs) {}

  /**
   * @param stack has the topics of {@link Programs}
   */
  Chaos(ChaosOptions options, Workspace space, LocalStack stack, Tools tools, Diary diary) {
    this.options = options;
    this.space = space;
    this.stack = stack;
    this.tools = tools;
    this.diary = diary;
  }

  /**
   * Runs it. All programs have ended when this returns or throws.
   *
   * @throws LocalStackException if a part does not come back, or ends as it should not
   */
  ChaosSummary run() throws InterruptedException {
    Plan plan = Plan.draw(options.seed(), options.time(), options.faults());
    try (Pipeline pipeline =
        new Pipeline(options, space, stack, tools.emitter(), tools.programs(), diary)) {
      pipeline.await(pipeline::flows, ChaosOptions.START, "records do not flow");
      strike(plan, pipeline);
      stopFleet(pipeline);
      drain(pipeline);
      writeSent();
      JsonNode verified =
          Program.run("verifier", tools.programs().verify(space), space.log("verifier"));
      return new ChaosSummary(
          options,
          diary.survived(),
          verified,
          pipeline.emitters().count(),
          pipeline.sink().count(),
          diary.now());
    }
  }

  private void strike(Plan plan, Pipeline pipeline) throws InterruptedException {
    Duration begin = diary.now();
    diary.note("records flow; faults strike for %d s".formatted(options.time().toSeconds()));
    CountDownLatch open = new CountDownLatch(plan.lanes().size());
    List<Callable<Void>> tasks = new ArrayList<>();
    plan.lanes()
        .forEach(
            (target, strikes) ->
                tasks.add(
                    () -> {
                      try {
                        return new Lane(
                                pipeline.part(target), strikes, begin, options.time(), diary)
                            .call();
                      } finally {
                        open.countDown();
                      }
                    }));
    tasks.add(() -> tend(pipeline, begin.plus(options.time()), open));
    try {
      Together.call(tasks);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LocalStackException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Looks after all, and keeps the load up, until the time is over and all lanes have ended. */
  private Void tend(Pipeline pipeline, Duration end, CountDownLatch open)
      throws InterruptedException {
    Duration next = diary.now();
    while (open.getCount() > 0 || diary.now().compareTo(end) < 0) {
      pipeline.tend();
      if (diary.now().compareTo(next) >= 0) {
        diary.note(
            "sent %s, committed %s"
                .formatted(
                    Quantity.format((double) pipeline.emitters().sent()),
                    Quantity.format((double) pipeline.sink().events())));
        next = next.plus(BETWEEN_NOTES);
      }
      Thread.sleep(TICK.toMillis());
    }
    return null;
  }

  private void stopFleet(Pipeline pipeline) throws InterruptedException {
    pipeline.await(pipeline::flows, ChaosOptions.START, "records do not flow again");
    diary.note("all faults are over: the fleet stops");
    pipeline.emitters().end();
    Program stop = Program.start("control", control("stop"), space.log("control"));
    pipeline.await(stop::ended, ChaosOptions.STOP, "the fleet was not told to stop");
    if (stop.status() != 0) {
      throw stop.failure();
    }
    pipeline.await(pipeline.emitters()::ended, ChaosOptions.STOP, "the emitters did not end");
  }

  /**
   * What the fleet has committed is the measure of the proof. Not to be asked before the end of all
   * transactions: the offsets of the last may be on their way.
   */
  private void writeSent() throws InterruptedException {
    JsonNode sent = Program.run("control", control("status", "--json"), space.log("control"));
    try {
      Files.writeString(space.sent(), sent + "\n");
    } catch (IOException e) {
      throw new LocalStackException("cannot write " + Errors.describe(e), e);
    }
  }

  private List<String> control(String... arguments) {
    List<String> command = new ArrayList<>(tools.control());
    command.addAll(List.of(arguments));
    command.addAll(List.of("--bootstrap", stack.bootstrap(), "--topic", Programs.TOPIC));
    return command;
  }

  /** Until the sink has committed all that was ever written, so that no transaction stays open. */
  private void drain(Pipeline pipeline) throws InterruptedException {
    diary.note("the sink drains");
    OffsetReader all =
        new OffsetReader(
            pipeline.admin(), Programs.TOPIC, Demo.GROUP, IsolationLevel.READ_UNCOMMITTED);
    long end = System.nanoTime() + ChaosOptions.DRAIN.toNanos();
    Offsets offsets = all.read();
    while (!offsets.drained()) {
      if (System.nanoTime() > end) {
        throw new LocalStackException(
            "the sink has committed %,d of %,d offsets %d s after the last record, or a transaction stays open"
                .formatted(offsets.committed(), offsets.end(), ChaosOptions.DRAIN.toSeconds()));
      }
      pipeline.tend();
      Thread.sleep(TICK.toMillis());
      offsets = all.read();
    }
    pipeline.sink().stop();
  }
}
