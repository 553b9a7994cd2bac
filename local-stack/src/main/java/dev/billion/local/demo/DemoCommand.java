// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.demo;

import dev.billion.local.Checkout;
import dev.billion.local.Directories;
import dev.billion.local.Examples;
import dev.billion.local.LocalStack;
import dev.billion.local.LocalStackException;
import dev.billion.local.Options;
import dev.billion.local.StopRequest;
import dev.billion.local.Topic;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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

  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

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

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Work here, and keep it. Default: target/demo/<time>.")
  private Path directory;

  @Option(
      names = "--json",
      description = "Print the result as the last line of standard output; all else to the other.")
  private boolean json;

  @Parameters(
      paramLabel = "EMITTER_OPTION",
      description = "More options of the emitter, as in: demo -- --poison 0.1% --late 1%")
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
    boolean kept = keep || directory != null;
    Workspace space = new Workspace(workingDirectory(checkout).toAbsolutePath().normalize());
    try {
      Summary summary = run(checkout, space);
      report(summary, space, kept);
      if (summary.ok() && !kept) {
        Directories.remove(space.directory());
      }
      return summary.ok() ? 0 : 1;
    } catch (InterruptedException e) {
      return stopped(space, kept);
    } catch (LocalStackException e) {
      if (stop.requested()) {
        return stopped(space, kept);
      }
      throw new LocalStackException(e.getMessage() + "; kept: " + space.directory(), e);
    }
  }

  private void checkEmitterOptions() {
    if (!emitterOptions.isEmpty() && !emitterOptions.get(0).startsWith("-")) {
      throw new ParameterException(
          spec.commandLine(),
          "not an option of the emitter: '%s'".formatted(emitterOptions.get(0)));
    }
  }

  private Summary run(Checkout checkout, Workspace space) throws InterruptedException {
    PrintStream out = json ? System.err : System.out;
    out.println("starting a broker and a registry");
    try (LocalStack stack = start(space)) {
      out.printf(
          "broker %s, registry %s, logs in %s%n",
          stack.bootstrap(), stack.registryUrl(), space.directory().resolve("logs"));
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
    return environment.getOrDefault("BILLION_TTY", "").contains(json ? "2" : "1");
  }

  private Path workingDirectory(Checkout checkout) {
    return directory != null
        ? directory
        : checkout
            .root()
            .resolve(Path.of("target", "demo", LocalDateTime.now(clock).format(STAMP)));
  }

  private void report(Summary summary, Workspace space, boolean kept) {
    PrintStream out = json ? System.err : System.out;
    out.println();
    out.println(summary.text());
    if (kept || !summary.ok()) {
      out.printf(
          "table          %s%n%nlook further:%n  %s%n  %s%n",
          space.events(), Examples.verify(space.directory()), Examples.up(space.directory()));
    } else {
      out.println("table          removed; --keep keeps it");
    }
    if (json) {
      System.out.println(summary.json());
    }
  }

  private static int stopped(Workspace space, boolean kept) {
    if (kept) {
      System.err.println("stopped; kept: " + space.directory());
    } else {
      Directories.remove(space.directory());
    }
    return 1;
  }
}
