// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.billion.bench.contender.Contenders;
import dev.billion.bench.report.Figure;
import dev.billion.local.Options;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code billion bench producer}. */
@Command(
    name = "producer",
    sortOptions = false,
    description =
        "The emitter as fast as it can, beside Kafka's perf tool, a bare producer loop and a"
            + " reactive message a record. Latency is of a batch for the emitter, of a record for"
            + " the others.")
final class ProducerCommand implements Callable<Integer> {

  private static final List<String> ROWS =
      List.of("perf-tool", "raw", "emitter-jvm", "emitter-native", "per-record");

  private static final List<Figure> COLUMNS =
      List.of(
          Figure.RECORDS_PER_SECOND,
          Figure.SLOWEST_RECORDS_PER_SECOND,
          Figure.FASTEST_RECORDS_PER_SECOND,
          Figure.MEGABYTES_PER_SECOND,
          Figure.RECORDS_PER_CPU_SECOND,
          Figure.CPU_SECONDS_PER_MILLION,
          Figure.RSS_PEAK,
          Figure.ALLOCATION,
          Figure.LATENCY_P50,
          Figure.LATENCY_P99);

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "20M",
      converter = Options.Count.class,
      description =
          "Records for each run; per-record gets 500k at most. Default: ${DEFAULT-VALUE}.")
  private long records;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "12",
      converter = Options.Partitions.class,
      description = "Partitions of the topic. Default: ${DEFAULT-VALUE}.")
  private int partitions;

  @Mixin private BenchOptions options;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    options.check(ROWS, spec);
    new Benchmark("producer", options.json, COLUMNS)
        .run(
            new Contest(
                options,
                records,
                partitions,
                0,
                arena ->
                    new Contenders(arena.setting(), options.only, System.err)
                        .producers(arena.clientFile())),
            JsonNodeFactory.instance
                .objectNode()
                .put("records", records)
                .put("rounds", options.rounds)
                .put("partitions", partitions)
                .put("compression", options.compression),
            System.out);
    return 0;
  }
}
