// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.soak;

import dev.billion.local.Checkout;
import dev.billion.local.LocalStack;
import dev.billion.local.LocalStackException;
import dev.billion.local.Options;
import dev.billion.local.StopRequest;
import dev.billion.local.WorkOptions;
import dev.billion.local.WorkPlace;
import dev.billion.local.program.Emitter;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code billion soak}: a fleet that is disturbed again and again, and the proof after each time.
 */
@Command(
    name = "soak",
    sortOptions = false,
    description =
        "Run a fleet again and again while its emitters come, go, die and freeze and its broker is"
            + " away, and prove each time that every event is there once.")
public final class SoakCommand implements Callable<Integer> {

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "10",
      converter = Options.Rounds.class,
      description = "Rounds to play. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "What the first round is drawn from; the next from the next. Default: the time.")
  private Long seed;

  @Option(
      names = "--disturbances",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "join,leave,kill,freeze,broker",
      converter = Disturbance.Converter.class,
      description = "What may happen, two of it in each round. Default: ${DEFAULT-VALUE}.")
  private List<Disturbance> disturbances;

  @Option(
      names = "--outage",
      paramLabel = "TIME",
      defaultValue = "10s",
      converter = Options.Time.class,
      description = "How long the broker is away when it is. Default: ${DEFAULT-VALUE}.")
  private Duration outage;

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "300k",
      converter = Options.Count.class,
      description = "Events in a round. Default: ${DEFAULT-VALUE}.")
  private long records;

  @Option(
      names = "--rate",
      paramLabel = "R",
      defaultValue = "20k",
      converter = Options.Rate.class,
      description = "Events a second. Default: ${DEFAULT-VALUE}.")
  private OptionalLong rate;

  @Mixin private WorkOptions work;

  private final StopRequest stop;
  private final Clock clock;

  public SoakCommand(StopRequest stop, Clock clock) {
    this.stop = stop;
    this.clock = clock;
  }

  /** Returns 0 only when every round is right. */
  @Override
  public Integer call() {
    Checkout checkout = Checkout.find();
    WorkPlace place = work.place(checkout, "soak", clock);
    try {
      SoakSummary summary = run(checkout, place);
      report(summary, place);
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

  private SoakSummary run(Checkout checkout, WorkPlace place) throws InterruptedException {
    PrintStream out = work.out();
    out.println("starting a broker and a registry; logs in " + place.logs());
    SoakOptions options = new SoakOptions(records, rate.orElse(records), disturbances, outage);
    try (LocalStack stack =
        LocalStack.builder()
            .directory(place.directory())
            .shortSessions()
            .closedAtExit(false)
            .start()) {
      Soak soak = new Soak(options, stack, Emitter.command(checkout, stack.java(), Emitter.SMALL));
      return new SoakSummary(
          records,
          soak.run(
              rounds,
              seed == null ? clock.millis() : seed,
              (number, verdict) ->
                  out.printf("round %d of %d: %s%n", number, rounds, verdict.text())));
    }
  }

  private void report(SoakSummary summary, WorkPlace place) {
    PrintStream out = work.out();
    out.println();
    out.println(summary.text());
    if (!summary.ok()) {
      out.printf(
          "again           the same flags with --rounds 1 --seed %d%nkept            %s%n",
          summary.seed(), place.directory());
    } else {
      place.tidyUp();
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
