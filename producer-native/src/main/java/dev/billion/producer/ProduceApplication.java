// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer;

import dev.billion.producer.config.EmitterConfig;
import dev.billion.producer.event.Awkward;
import dev.billion.producer.event.Lateness;
import dev.billion.producer.fleet.Fleet;
import dev.billion.producer.fleet.Member;
import dev.billion.producer.pacing.Schedule;
import dev.billion.producer.report.Progress;
import dev.billion.producer.report.Summary;
import dev.billion.producer.run.Emission;
import dev.billion.producer.run.Plan;
import dev.billion.producer.run.Run;
import dev.billion.producer.start.Preflight;
import dev.billion.producer.start.StartupException;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.time.Clock;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.ExitCode;

/** One emission from the checks before it to the summary after it. */
public class ProduceApplication implements QuarkusApplication {

  private final EmitterConfig config;
  private final Preflight preflight;
  private final Emission emission;
  private final Fleet fleet;
  private final Signals signals;
  private final Clock clock;

  ProduceApplication(
      EmitterConfig config,
      Preflight preflight,
      Emission emission,
      Fleet fleet,
      Signals signals,
      Clock clock) {
    this.config = config;
    this.preflight = preflight;
    this.emission = emission;
    this.fleet = fleet;
    this.signals = signals;
    this.clock = clock;
  }

  @Override
  public int run(String... args) throws InterruptedException {
    Plan plan;
    try {
      plan = plan();
    } catch (IllegalArgumentException e) {
      Console.error(e.getMessage());
      return ExitCode.USAGE;
    }
    try {
      preflight.check();
      signals.drainOnTerm();
      return config.fleet().enabled() ? emitInFleet(plan.run()) : emitAlone(plan);
    } catch (StartupException e) {
      Console.error(e.getMessage());
      return ExitCode.SOFTWARE;
    }
  }

  private Plan plan() {
    Run run =
        new Run(
            config.run().orElseGet(clock::millis),
            config.seed(),
            config.shards(),
            config.records().orElse(Run.UNBOUNDED),
            config.eventRate(),
            new Awkward(
                Lateness.of(config.late(), config.lateBy()),
                config.poison(),
                config.keys(),
                config.schemaMix()));
    Schedule schedule = Schedule.of(config.rate(), config.profile());
    return new Plan(run, schedule, config.duration(), config.warmUp(), config.batchRecords());
  }

  private int emitAlone(Plan plan) throws InterruptedException, StartupException {
    preflight.check(plan.run());
    emission.start(plan);
    String failure = awaitEnd();
    return report(failure, emission.nextSequences());
  }

  private int emitInFleet(Run run) throws InterruptedException, StartupException {
    try (Member member = fleet.join(run, Console::note)) {
      String failure = awaitEnd();
      if (failure != null) { // what this member knows of them: the broker may be away
        return report(failure, emission.nextSequences());
      }
      try {
        return report(null, member.nextSequences());
      } catch (KafkaException e) {
        return report(e.getMessage(), emission.nextSequences());
      }
    }
  }

  /** Returns what went wrong, null for nothing. */
  private String awaitEnd() throws InterruptedException {
    try (Progress progress = new Progress(emission, config.json())) {
      emission.done().whenComplete((nothing, lost) -> Quarkus.asyncExit());
      Quarkus.waitForExit();
      emission.stop();
      return drain();
    }
  }

  private int report(String failure, long[] nextSequences) {
    Console.result(Summary.of(emission, nextSequences).render(config.json()));
    if (failure != null) {
      Console.error(failure);
      return ExitCode.SOFTWARE;
    }
    return ExitCode.OK;
  }

  /** Waits for what is on its way. Returns what went wrong, null for nothing. */
  private String drain() throws InterruptedException {
    try {
      emission
          .done()
          .toCompletableFuture()
          .get(config.drainTimeout().toMillis(), TimeUnit.MILLISECONDS);
      return null;
    } catch (TimeoutException e) {
      return "%d records not acknowledged within %d s"
          .formatted(emission.inFlight(), config.drainTimeout().toSeconds());
    } catch (ExecutionException e) {
      return "%d records not acknowledged: %s"
          .formatted(emission.inFlight(), e.getCause().getMessage());
    }
  }
}
