// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.encode;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.billion.bench.report.Figure;
import dev.billion.bench.report.Machine;
import dev.billion.bench.report.Report;
import dev.billion.bench.report.Row;
import dev.billion.local.LocalStackException;
import dev.billion.local.Options;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code billion bench encode}. */
@Command(
    name = "encode",
    sortOptions = false,
    description = "The making of one record in memory, beside Avro's own writer (JMH).")
public final class EncodeCommand implements Callable<Integer> {

  private static final Map<String, String> NAMES =
      Map.of(
          "generate", "generate",
          "encode", "encode",
          "awkward", "awkward",
          "avroSpecificWriter", "avro-specific-writer");
  private static final List<String> ORDER =
      List.of("generate", "encode", "awkward", "avro-specific-writer");
  private static final List<Figure> COLUMNS =
      List.of(Figure.NANOS_PER_RECORD, Figure.NANOS_ERROR, Figure.ALLOCATION);
  private static final String ALLOCATION = "gc.alloc.rate.norm";
  private static final int WARM_UP_SECONDS = 5;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "5",
      converter = Options.Count.class,
      description = "Iterations of one second, in each of two JVMs. Default: ${DEFAULT-VALUE}.")
  private long seconds;

  @Option(
      names = "--json",
      description = "Print the result as the last line of standard output, instead of a table.")
  private boolean json;

  @Override
  public Integer call() {
    Machine machine = Machine.read();
    List<Row> rows =
        run().stream()
            .map(EncodeCommand::row)
            .sorted((a, b) -> Integer.compare(ORDER.indexOf(a.name()), ORDER.indexOf(b.name())))
            .toList();
    Report report =
        new Report(
            "encode",
            machine,
            JsonNodeFactory.instance.objectNode().put("seconds", seconds),
            COLUMNS,
            rows);
    System.out.println(json ? report.json() : report.table() + "\n\n" + machine.text());
    return 0;
  }

  private Collection<RunResult> run() {
    var options =
        new OptionsBuilder()
            .include(EncodeBenchmark.class.getName())
            .forks(2)
            .warmupIterations(WARM_UP_SECONDS)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(Math.toIntExact(seconds))
            .measurementTime(TimeValue.seconds(1))
            .jvmArgs("-Xmx512m")
            .addProfiler(GCProfiler.class)
            .build();
    try {
      return new Runner(
              options, OutputFormatFactory.createFormatInstance(System.err, VerboseMode.NORMAL))
          .run();
    } catch (RunnerException e) {
      throw new LocalStackException("the benchmark failed: " + e.getMessage(), e);
    }
  }

  private static Row row(RunResult result) {
    Result<?> time = result.getPrimaryResult();
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    figures.put(Figure.NANOS_PER_RECORD, time.getScore());
    if (!Double.isNaN(time.getScoreError())) {
      figures.put(Figure.NANOS_ERROR, time.getScoreError());
    }
    Result<?> allocation = result.getSecondaryResults().get(ALLOCATION);
    if (allocation != null) {
      figures.put(Figure.ALLOCATION, allocation.getScore());
    }
    return new Row(NAMES.get(time.getLabel()), true, figures);
  }
}
