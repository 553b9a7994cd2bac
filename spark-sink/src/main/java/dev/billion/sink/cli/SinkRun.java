// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.cli;

import dev.billion.sink.SparkSessions;
import dev.billion.sink.chore.Chores;
import dev.billion.sink.stream.Observer;
import dev.billion.sink.stream.Readiness;
import dev.billion.sink.stream.Sink;
import dev.billion.sink.stream.SinkSettings;
import dev.billion.sink.stream.Summary;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The sink, from the command line's point of view. */
final class SinkRun {

  private SinkRun() {}

  static int execute(
      CommandLine commandLine,
      StreamOptions options,
      OutputOptions output,
      boolean drain,
      Surroundings surroundings)
      throws Exception {
    output.applyToLog();
    SinkSettings settings;
    try {
      settings = options.settings(surroundings.environment(), drain);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(commandLine, e.getMessage(), e);
    }
    SinkReport report =
        output.json() ? new JsonReport(surroundings) : new TextReport(surroundings.err());
    try (MetricsOptions.Served served = options.metrics().serve(surroundings.clock())) {
      Readiness.await(settings);
      run(options, settings, drain, served.observer(), report, surroundings);
    }
    return CommandLine.ExitCode.OK;
  }

  private static void run(
      StreamOptions options,
      SinkSettings settings,
      boolean drain,
      Observer observer,
      SinkReport report,
      Surroundings surroundings)
      throws Exception {
    try (SparkSession spark = SparkSessions.open(options.master());
        ProgressTicker ticker = new ProgressTicker(report::progress);
        Chores chores = options.chores().start(spark, settings, surroundings.clock(), observer)) {
      Summary summary =
          new Sink(spark, settings, surroundings.clock(), observer)
              .run(surroundings.stop(), ticker::report);
      ticker.close();
      if (drain) {
        chores.finish();
      }
      report.summary(summary);
    }
  }
}
