// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.billion.bench.contender.Drains;
import dev.billion.bench.report.Figure;
import dev.billion.local.Options;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code billion bench sink}. */
@Command(
    name = "sink",
    sortOptions = false,
    description =
        "The sink draining a full topic, beside Spark by the book, Spark tuned, a poll loop without a"
            + " table, and a Parquet writer without Kafka.")
final class SinkCommand implements Callable<Integer> {

  private static final List<Figure> COLUMNS =
      List.of(
          Figure.RECORDS_PER_SECOND,
          Figure.SLOWEST_RECORDS_PER_SECOND,
          Figure.FASTEST_RECORDS_PER_SECOND,
          Figure.STEADY_RECORDS_PER_SECOND,
          Figure.CPU_SECONDS_PER_MILLION,
          Figure.STEADY_CPU_SECONDS_PER_MILLION,
          Figure.CORES,
          Figure.BYTES_PER_ROW,
          Figure.RSS_PEAK,
          Figure.FILES);

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "20M",
      converter = Options.Count.class,
      description = "Records in the topic, read by each run. Default: ${DEFAULT-VALUE}.")
  private long records;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "120",
      converter = Options.Partitions.class,
      description = "Partitions of the topic. Default: ${DEFAULT-VALUE}.")
  private int partitions;

  @Mixin private BenchOptions options;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    options.check(Drains.NAMES, spec);
    new Benchmark("sink", options.json, COLUMNS)
        .run(
            new DrainContest(options, records, partitions),
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
