// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.cli;

import dev.billion.sink.chore.Chores;
import dev.billion.sink.kpi.KpiUpdate;
import dev.billion.sink.maintain.Compaction;
import dev.billion.sink.maintain.Maintenance;
import dev.billion.sink.stream.Observer;
import dev.billion.sink.stream.SinkSettings;
import dev.billion.sink.table.TableLayout;
import dev.billion.sink.table.TableLog;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the sink's driver does beside the stream. */
final class ChoreOptions {

  /** A large file comes of half a minute of a billion an hour, and of more at less. */
  private static final Duration COMPACT_EVERY = Duration.ofSeconds(15);

  @Option(
      names = "--kpi-every",
      paramLabel = "TIME",
      description = "Keep the KPIs by minute, too, and update them this often (default: never).")
  private Duration kpiEvery;

  @Option(
      names = "--kpi-table",
      paramLabel = "URI",
      description = "KPI table (default: kpi_minute beside the events table).")
  private String kpiTable;

  @Option(
      names = "--maintain-every",
      paramLabel = "TIME",
      description = "Keep the tables in order, too, this often (default: never).")
  private Duration maintainEvery;

  @Mixin private MaintainOptions maintain;

  @Option(
      names = "--compact-at",
      defaultValue = "128M",
      paramLabel = "BYTES",
      description =
          "Put small files of a day together as soon as they make a file of this size (default: 128M).")
  private Converters.Count compactAt;

  @Option(names = "--no-compact", description = "Leave small files as they are.")
  private boolean leavesSmallFiles;

  /**
   * @throws IllegalArgumentException if a value is not valid
   */
  void check() {
    requireAboveZero("--kpi-every", kpiEvery);
    requireAboveZero("--maintain-every", maintainEvery);
    maintain.settings();
  }

  Chores start(SparkSession spark, SinkSettings settings, Clock clock, Observer observer) {
    Chores chores = new Chores(spark);
    String events = settings.table();
    String kpis = kpiTable == null ? TableUris.kpisBeside(events) : kpiTable;
    if (kpiEvery != null) {
      KpiUpdate update = new KpiUpdate(spark, events, kpis);
      chores.every(kpiEvery, "update of " + kpis, whenThere(spark, events, update::run));
    }
    if (!leavesSmallFiles) {
      List<Compaction> compactions =
          List.of(
              new Compaction(spark, events, TableLog::eventsLayout, compactAt.value()),
              new Compaction(
                  spark,
                  settings.deadLetters(),
                  log -> TableLayout.DEAD_LETTERS,
                  compactAt.value()));
      chores.every(
          COMPACT_EVERY,
          "compaction",
          () -> {
            for (Compaction compaction : compactions) {
              observer.compacted(compaction.run());
            }
          });
    }
    if (maintainEvery != null) {
      Maintenance maintenance =
          new Maintenance(spark, maintain.settings(), clock, events, settings.deadLetters(), kpis);
      chores.every(maintainEvery, "maintenance", whenThere(spark, events, maintenance::run));
    }
    return chores;
  }

  private static void requireAboveZero(String option, Duration period) {
    if (period != null && period.isZero()) {
      throw new IllegalArgumentException(option + " must be above 0");
    }
  }

  /** The sink makes its tables only when it begins. */
  private static Chores.Chore whenThere(SparkSession spark, String table, Chores.Chore chore) {
    return () -> {
      if (TableLog.newest(spark.sparkContext().hadoopConfiguration(), table).isPresent()) {
        chore.run();
      }
    };
  }
}
