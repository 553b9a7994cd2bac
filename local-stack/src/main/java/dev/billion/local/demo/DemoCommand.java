// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.demo;

import dev.billion.local.Checkout;
import dev.billion.local.Examples;
import dev.billion.local.LocalStack;
import dev.billion.local.LocalStackException;
import dev.billion.local.Options;
import dev.billion.local.StopRequest;
import dev.billion.local.Topic;
import dev.billion.local.WorkOptions;
import dev.billion.local.WorkPlace;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code billion demo}: the whole pipeline on one machine, and the proof. */
@Command(
    name = "demo",
    sortOptions = false,
    description =
        "Run the whole pipeline once: broker, registry, producer, sink, and the proof that every"
            + " record arrived once.")
public final class DemoCommand implements Callable<Integer> {

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "1M",
      converter = Options.Count.class,
      description = "Records to send. Default: ${DEFAULT-VALUE}.")
  private long records;

  @Option(
      names = "--rate",
      paramLabel = "R",
      defaultValue = "100k",
      converter = Options.Rate.class,
      description = "Records a second, or max. Default: ${DEFAULT-VALUE}.")
  private OptionalLong rate;

  @Option(
      names = "--shards",
      paramLabel = "N",
      defaultValue = "64",
      converter = Options.Shards.class,
      description = "Shards to divide the records into. Default: ${DEFAULT-VALUE}.")
  private int shards;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "120",
      converter = Options.Partitions.class,
      description = "Partitions of the topic. Default: ${DEFAULT-VALUE}.")
  private int partitions;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the generated events. Default: the producer's.")
  private Long seed;

  @Option(names = "--keep", description = "Keep the data to look at it afterwards.")
  private boolean keep;

  @Mixin private WorkOptions work;

  @Parameters(
      paramLabel = "EMITTER_OPTION",
      description = "More options of the emitter, as in: demo -- --poison 0.1%% --late 1%%")
  private List<String> emitterOptions = List.of();

  @Spec private CommandSpec spec;

  private final StopRequest stop;
  private final Map<String, String> environment;
  private final Clock clock;

  public DemoCommand(StopRequest stop, Map<String, String> environment, Clock clock) {
    this.stop = stop;
    this.environment = environment;
    this.clock = clock;
  }

  /** Returns 0 only when the proof holds. */
  @Override
  public Integer call() {
    checkEmitterOptions();
    Checkout checkout = Checkout.find();
    WorkPlace place = work.place(checkout, "demo", clock).keptIf(keep);
    Workspace space = new Workspace(place.directory());
    try {
      Summary summary = run(checkout, space, place);
      report(summary, space, place);
      if (summary.ok()) {
        place.tidyUp();
      }
      return summary.ok() ? 0 : 1;
    } catch (InterruptedException e) {
      return stopped(place);
    } catch (LocalStackException e) {
      if (stop.requested()) {
        return stopped(place);
      }
      throw new LocalStackException(e.getMessage() + "; kept: " + place.directory(), e);
    }
  }

  private void checkEmitterOptions() {
    if (!emitterOptions.isEmpty() && !emitterOptions.get(0).startsWith("-")) {
      throw new ParameterException(
          spec.commandLine(),
          "not an option of the emitter: '%s'".formatted(emitterOptions.get(0)));
    }
  }

  private Summary run(Checkout checkout, Workspace space, WorkPlace place)
      throws InterruptedException {
    PrintStream out = work.out();
    out.println("starting a broker and a registry");
    try (LocalStack stack = start(space)) {
      out.printf(
          "broker %s, registry %s, logs in %s%n",
          stack.bootstrap(), stack.registryUrl(), place.logs());
      Examples examples = new Examples(stack.bootstrap(), stack.registryUrl(), Programs.TOPIC);
      out.println("the sink by hand: " + examples.sink(space.directory()));
      Programs programs =
          Programs.of(checkout, stack.java(), environment.getOrDefault("SINK_HEAP", "2g"), records)
              .emitting(emitterOptions);
      LiveLine line = new LiveLine(out, onTerminal());
      return new Demo(options(), space, stack, programs, line, System::nanoTime).run();
    }
  }

  private LocalStack start(Workspace space) {
    return LocalStack.builder()
        .directory(space.directory())
        .brokerHeap("1g")
        .topic(Topic.of(Programs.TOPIC, partitions))
        .topic(Topic.of(Programs.TOPIC + "-dead-letters", 1))
        .closedAtExit(false)
        .start();
  }

  private DemoOptions options() {
    return new DemoOptions(
        records,
        rate,
        shards,
        partitions,
        seed == null ? OptionalLong.empty() : OptionalLong.of(seed),
        DemoOptions.Deadlines.DEFAULT);
  }

  /** BILLION_TTY lists which of the outputs 1 and 2 are terminals. */
  private boolean onTerminal() {
    return environment.getOrDefault("BILLION_TTY", "").contains(work.json() ? "2" : "1");
  }

  private void report(Summary summary, Workspace space, WorkPlace place) {
    PrintStream out = work.out();
    out.println();
    out.println(summary.text());
    if (place.kept() || !summary.ok()) {
      out.printf(
          "table          %s%n%nlook further:%n  %s%n  %s%n",
          space.events(), Examples.verify(space.directory()), Examples.up(space.directory()));
    } else {
      out.println("table          removed; --keep keeps it");
    }
    if (work.json()) {
      System.out.println(summary.json());
    }
  }

  private static int stopped(WorkPlace place) {
    if (place.kept()) {
      System.err.println("stopped; kept: " + place.directory());
    } else {
      place.tidyUp();
    }
    return 1;
  }
}
