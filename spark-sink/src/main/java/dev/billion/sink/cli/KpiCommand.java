// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billion.sink.SparkSessions;
import dev.billion.sink.kpi.KpiRound;
import dev.billion.sink.kpi.KpiUpdate;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "kpi",
    description =
        "Keeps events, users and revenue by minute, region, category, device and event type.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class KpiCommand implements Callable<Integer> {

  private static final long POLL_MILLIS = 100;

  private final Surroundings surroundings;

  @Option(names = "--table", required = true, paramLabel = "URI", description = "Events table.")
  private String table;

  @Option(
      names = "--kpi-table",
      paramLabel = "URI",
      description = "KPI table (default: kpi_minute beside the events table).")
  private String kpiTable;

  @Option(
      names = "--every",
      defaultValue = "60s",
      paramLabel = "TIME",
      description = "From the end of an update to the next.")
  private Duration every;

  @Option(names = "--once", description = "Update once, then end.")
  private boolean once;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Spark's master (default: spark-submit's, else local[*]).")
  private String master;

  @Mixin private OutputOptions output;

  KpiCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    output.applyToLog();
    String kpis = kpiTable == null ? TableUris.kpisBeside(table) : kpiTable;
    try (SparkSession spark = SparkSessions.open(master)) {
      KpiUpdate update = new KpiUpdate(spark, table, kpis);
      surroundings.stop().heed();
      do {
        report(update.run());
      } while (!once && pause());
    }
    return ExitCode.OK;
  }

  /** Whether nobody asked to stop meanwhile. */
  private boolean pause() throws InterruptedException {
    long end = System.nanoTime() + every.toNanos();
    while (!surroundings.stop().isMade() && System.nanoTime() < end) {
      Thread.sleep(POLL_MILLIS);
    }
    return !surroundings.stop().isMade();
  }

  private void report(KpiRound round) {
    if (output.json()) {
      ObjectNode line = JsonNodeFactory.instance.objectNode();
      line.put("version", round.version());
      line.put("events", round.events());
      line.put("minutes", round.minutes());
      line.put("rows", round.rows());
      surroundings.out().println(line);
    } else {
      surroundings
          .out()
          .printf(
              Locale.ROOT,
              "up to version %d: %,d events of %,d minutes, %,d rows written%n",
              round.version(),
              round.events(),
              round.minutes(),
              round.rows());
    }
  }
}
