// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.billion.bench.report.Figure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code billion bench pipeline}. */
@Command(
    name = "pipeline",
    sortOptions = false,
    description =
        "Producer, broker and sink at once: what each costs, how far the sink is behind, and how long"
            + " an event takes from when it is due to its commit.")
final class PipelineCommand implements Callable<Integer> {

  private static final List<Figure> COLUMNS =
      List.of(
          Figure.RECORDS_PER_SECOND,
          Figure.CPU_SECONDS_PER_MILLION,
          Figure.CORES,
          Figure.RSS_PEAK,
          Figure.LAG_MAX,
          Figure.LAG_STEADY_MAX,
          Figure.LAG_END,
          Figure.COMMIT_DELAY_P50,
          Figure.COMMIT_DELAY_P99,
          Figure.COMMIT_DELAY_P99_BOUND,
          Figure.COMMIT_DELAY_MAX,
          Figure.BYTES_PER_ROW,
          Figure.FILES);

  @Mixin private Pace pace;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      defaultValue = "10m",
      converter = Due.Time.class,
      description = "How long records are sent. Default: ${DEFAULT-VALUE}.")
  private Duration duration;

  @Option(
      names = "--json",
      description = "Print the result as the last line of standard output, instead of a table.")
  private boolean json;

  @Parameters(
      paramLabel = "SINK_OPTION",
      description = "More options of the sink, as in: pipeline -- --kpi-every 60s")
  private List<String> sinkOptions = List.of();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    long records = Due.records(pace.rate, duration, spec);
    new Benchmark("pipeline", json, COLUMNS)
        .run(
            new Pipeline(pace.rate, records, pace.partitions, sinkOptions),
            JsonNodeFactory.instance
                .objectNode()
                .put("rate", pace.rate)
                .put("seconds", duration.toMillis() / 1e3)
                .put("partitions", pace.partitions)
                .put("sink_options", String.join(" ", sinkOptions)),
            System.out);
    return 0;
  }
}
