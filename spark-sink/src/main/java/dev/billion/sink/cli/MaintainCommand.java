// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billion.sink.SparkSessions;
import dev.billion.sink.maintain.MaintainCount;
import dev.billion.sink.maintain.MaintainSettings;
import dev.billion.sink.maintain.Maintenance;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "maintain",
    description =
        "Puts small files of closed days together, and deletes files that are no part of a table.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class MaintainCommand implements Callable<Integer> {

  private final Surroundings surroundings;
  @Spec private CommandSpec spec;

  @Option(names = "--table", required = true, paramLabel = "URI", description = "Events table.")
  private String table;

  @Option(
      names = "--dead-letters",
      paramLabel = "URI",
      description = "Dead-letter table (default: dead_letters beside the events table).")
  private String deadLetters;

  @Option(
      names = "--kpi-table",
      paramLabel = "URI",
      description = "KPI table (default: kpi_minute beside the events table).")
  private String kpiTable;

  @Mixin private MaintainOptions options;

  @Option(names = "--dry-run", description = "Only count what there is to do.")
  private boolean dryRun;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Spark's master (default: spark-submit's, else local[*]).")
  private String master;

  @Mixin private OutputOptions output;

  MaintainCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    output.applyToLog();
    MaintainSettings settings = settings();
    try (SparkSession spark = SparkSessions.open(master)) {
      Maintenance maintenance =
          new Maintenance(
              spark,
              settings,
              surroundings.clock(),
              table,
              deadLetters == null ? TableUris.deadLettersBeside(table) : deadLetters,
              kpiTable == null ? TableUris.kpisBeside(table) : kpiTable);
      (dryRun ? maintenance.plan() : maintenance.run()).forEach(this::report);
    }
    return ExitCode.OK;
  }

  private MaintainSettings settings() {
    try {
      return options.settings();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void report(MaintainCount count) {
    if (output.json()) {
      ObjectNode line = JsonNodeFactory.instance.objectNode();
      line.put("table", count.table());
      line.put("partitions", count.partitions());
      line.put("files_before", count.before());
      line.put("files_after", count.after());
      line.put("deleted", count.deleted());
      surroundings.out().println(line);
    } else {
      surroundings
          .out()
          .printf(
              Locale.ROOT,
              dryRun
                  ? "%s: %,d partitions to put in order, %,d files into at least %,d; %,d files to delete%n"
                  : "%s: %,d partitions put in order, %,d files into %,d; %,d files deleted%n",
              count.table(),
              count.partitions(),
              count.before(),
              count.after(),
              count.deleted());
    }
  }
}
