// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.billion.bench.contender.Contenders;
import dev.billion.bench.report.Figure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code billion bench paced}. */
@Command(
    name = "paced",
    sortOptions = false,
    description =
        "The emitter at a constant rate: how true it keeps to its schedule, and at what cost.")
final class PacedCommand implements Callable<Integer> {

  private static final List<String> ROWS = List.of("paced-jvm", "paced-native");

  private static final List<Figure> COLUMNS =
      List.of(
          Figure.RECORDS_PER_SECOND,
          Figure.SENT_OVER_SCHEDULED,
          Figure.DELAY_P50,
          Figure.DELAY_P99,
          Figure.DELAY_MAX,
          Figure.STEADY_DELAY_P50,
          Figure.STEADY_DELAY_P99,
          Figure.STEADY_DELAY_MAX,
          Figure.LATENCY_P50,
          Figure.LATENCY_P99,
          Figure.CORES,
          Figure.CPU_SECONDS_PER_MILLION,
          Figure.RSS_PEAK,
          Figure.ALLOCATION);

  @Mixin private Pace pace;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      defaultValue = "5m",
      converter = Due.Time.class,
      description = "How long each run takes. Default: ${DEFAULT-VALUE}.")
  private Duration duration;

  @Option(
      names = "--warm-up",
      paramLabel = "TIME",
      defaultValue = "20s",
      converter = Due.Time.class,
      description =
          "How long the broker is warmed up by a run that does not count. Default:"
              + " ${DEFAULT-VALUE}.")
  private Duration warmUp;

  @Mixin private BenchOptions options;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    options.check(ROWS, spec);
    long records = Due.records(pace.rate, duration, spec);
    new Benchmark("paced", options.json, COLUMNS)
        .run(
            new Contest(
                options,
                records,
                pace.partitions,
                Due.records(pace.rate, warmUp, spec),
                arena ->
                    new Contenders(arena.setting(), options.only, System.err).paced(pace.rate)),
            JsonNodeFactory.instance
                .objectNode()
                .put("rate", pace.rate)
                .put("seconds", duration.toMillis() / 1e3)
                .put("warm_up_seconds", warmUp.toMillis() / 1e3)
                .put("rounds", options.rounds)
                .put("partitions", pace.partitions)
                .put("compression", options.compression),
            System.out);
    return 0;
  }
}
