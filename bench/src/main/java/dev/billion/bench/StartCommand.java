// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.billion.bench.report.Figure;
import dev.billion.local.Options;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code billion bench start}. */
@Command(
    name = "start",
    sortOptions = false,
    description =
        "The emitter's start: from its process to its first acknowledged record, and the memory of"
            + " one that sends a record a second.")
final class StartCommand implements Callable<Integer> {

  private static final List<String> ROWS = List.of("start-jvm", "start-native");

  private static final List<Figure> COLUMNS =
      List.of(
          Figure.FIRST_RECORD, Figure.FIRST_RECORD_MIN, Figure.FIRST_RECORD_MAX, Figure.RSS_PEAK);

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "120",
      converter = Options.Partitions.class,
      description = "Partitions of the topic. Default: ${DEFAULT-VALUE}.")
  private int partitions;

  @Option(
      names = "--idle",
      paramLabel = "TIME",
      defaultValue = "20s",
      converter = Due.Time.class,
      description = "How long a record a second is sent. Default: ${DEFAULT-VALUE}.")
  private Duration idle;

  @Mixin private BenchOptions options;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    options.check(ROWS, spec);
    long idleRecords = Due.records(1, idle, spec);
    new Benchmark("start", options.json, COLUMNS)
        .run(
            new Starts(options, partitions, idleRecords),
            JsonNodeFactory.instance
                .objectNode()
                .put("rounds", options.rounds)
                .put("partitions", partitions)
                .put("compression", options.compression)
                .put("idle_seconds", idleRecords),
            System.out);
    return 0;
  }
}
