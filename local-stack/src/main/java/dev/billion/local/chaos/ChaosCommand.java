// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.chaos;

import dev.billion.local.Checkout;
import dev.billion.local.LocalStack;
import dev.billion.local.LocalStackException;
import dev.billion.local.Options;
import dev.billion.local.StopRequest;
import dev.billion.local.Topic;
import dev.billion.local.WorkOptions;
import dev.billion.local.WorkPlace;
import dev.billion.local.demo.Programs;
import dev.billion.local.demo.Workspace;
import dev.billion.local.program.Emitter;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code billion chaos}: the whole pipeline, whose parts die and freeze under load. */
@Command(
    name = "chaos",
    sortOptions = false,
    description =
        "Run the whole pipeline while its emitters, sink, brokers and registry are killed, stopped"
            + " and frozen, and prove that every record is in the table once.")
public final class ChaosCommand implements Callable<Integer> {

  private static final long MANY = 1_000_000;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "2",
      converter = ChaosConverters.Minutes.class,
      description = "How long faults strike. Default: ${DEFAULT-VALUE}.")
  private Duration time;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What the faults and their times are drawn from. Default: the time.")
  private Long seed;

  @Option(
      names = "--faults",
      paramLabel = "NAME",
      split = ",",
      converter = Fault.Converter.class,
      description = "What may happen. Default: all; one broker is never frozen, nor its disk lost.")
  private List<Fault> faults;

  @Option(
      names = "--brokers",
      paramLabel = "N",
      converter = ChaosConverters.Brokers.class,
      description = "1 or 3. Default: 3 where the machine has 6 GiB, else 1.")
  private Integer brokers;

  @Option(
      names = "--rate",
      paramLabel = "R",
      defaultValue = "20k",
      converter = Options.Rate.class,
      description = "Events a second. Default: ${DEFAULT-VALUE}.")
  private OptionalLong rate;

  @Option(
      names = "--poison",
      paramLabel = "SHARE",
      defaultValue = "0.1%",
      converter = ChaosConverters.Share.class,
      description = "Records that are no events, for each event. Default: 0.1%%.")
  private String poison;

  @Mixin private WorkOptions work;
  @Spec private CommandSpec spec;

  private final StopRequest stop;
  private final Map<String, String> environment;
  private final Clock clock;

  public ChaosCommand(StopRequest stop, Map<String, String> environment, Clock clock) {
    this.stop = stop;
    this.environment = environment;
    this.clock = clock;
  }

  /** Returns 0 only when the proof holds. */
  @Override
  public Integer call() {
    ChaosOptions options = options();
    Checkout checkout = Checkout.find();
    WorkPlace place = work.place(checkout, "chaos", clock);
    try {
      ChaosSummary summary = run(checkout, place, options);
      report(summary, place);
      return summary.ok() ? 0 : 1;
    } catch (InterruptedException e) {
      return stopped(place);
    } catch (LocalStackException e) {
      if (stop.requested()) {
        return stopped(place);
      }
      throw new LocalStackException(
          "%s; again: the same flags with --seed %d; kept: %s"
              .formatted(e.getMessage(), options.seed(), place.directory()),
          e);
    }
  }

  private ChaosOptions options() {
    int howMany = brokers == null ? Memory.brokers() : brokers;
    return new ChaosOptions(
        seed == null ? clock.millis() : seed,
        time,
        faults(howMany),
        howMany,
        rate.orElse(MANY),
        poison);
  }

  private List<Fault> faults(int howMany) {
    List<Fault> possible = Fault.with(howMany);
    if (faults == null) {
      return possible;
    }
    for (Fault fault : faults) {
      if (!possible.contains(fault)) {
        throw new ParameterException(
            spec.commandLine(), "not with one broker: '%s'".formatted(fault.word()));
      }
    }
    return faults;
  }

  private ChaosSummary run(Checkout checkout, WorkPlace place, ChaosOptions options)
      throws InterruptedException {
    PrintStream out = work.out();
    out.printf(
        "starting %d broker%s and a registry; logs in %s; seed %d%n",
        options.brokers(), options.brokers() == 1 ? "" : "s", place.logs(), options.seed());
    try (LocalStack stack = start(options, place)) {
      Programs programs =
          Programs.of(
              checkout,
              stack.java(),
              environment.getOrDefault("SINK_HEAP", "2g"),
              options.rate() * options.time().toSeconds());
      Chaos.Tools tools =
          new Chaos.Tools(
              Emitter.command(checkout, stack.java(), Emitter.SMALL),
              Emitter.control(checkout, stack.java()),
              programs);
      Workspace space = new Workspace(place.directory());
      return new Chaos(options, space, stack, tools, new Diary(out, Ticker.SYSTEM)).run();
    }
  }

  private static LocalStack start(ChaosOptions options, WorkPlace place) {
    LocalStack.Builder stack =
        LocalStack.builder()
            .directory(place.directory())
            .brokers(options.brokers())
            .brokerHeap("384m")
            .readyWithin(ChaosOptions.START)
            .topic(Topic.of(Programs.TOPIC, ChaosOptions.PARTITIONS))
            .topic(Topic.of(Programs.TOPIC + "-dead-letters", 1))
            .closedAtExit(false);
    if (options.brokers() == 1) {
      stack.shortSessions();
    }
    return stack.start();
  }

  private void report(ChaosSummary summary, WorkPlace place) {
    PrintStream out = work.out();
    out.println();
    out.println(summary.text());
    if (summary.ok()) {
      place.tidyUp();
    } else {
      out.printf(
          "again          the same flags with --seed %d%nkept           %s%n",
          summary.options().seed(), place.directory());
    }
    if (work.json()) {
      System.out.println(summary.json());
    }
  }

  private static int stopped(WorkPlace place) {
    place.tidyUp();
    return 1;
  }
}
