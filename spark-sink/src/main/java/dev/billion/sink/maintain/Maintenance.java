// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.maintain;

import dev.billion.sink.SinkException;
import dev.billion.sink.table.TableLog;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * Keeps the tables of a sink in order: puts the small files of closed days together, and deletes
 * files that are no longer, or never became, part of a table. A sink may write meanwhile: it only
 * adds files, and putting files together changes no row, so that neither is in the other's way.
 */
public final class Maintenance {

  private static final Map<String, String> CONF =
      Map.of(
          // one job at a time: the stream goes first
          "spark.databricks.delta.optimize.maxThreads", "1",
          "spark.databricks.delta.optimize.minFileSize", Long.toString(Partition.SMALL_BYTES),
          "spark.databricks.delta.optimize.maxFileSize", Long.toString(4 * Partition.SMALL_BYTES),
          // VACUUM lists files in as many tasks: Spark's default of 10,000 takes minutes
          "spark.sql.sources.parallelPartitionDiscovery.parallelism", "8",
          // how TableCare knows what was deleted
          "spark.databricks.delta.vacuum.logging.enabled", "true",
          // as the sink itself writes
          "spark.sql.parquet.compression.codec", "zstd",
          "spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS",
          // MaintainSettings has a check of its own
          "spark.databricks.delta.retentionDurationCheck.enabled", "false",
          // else VACUUM goes by the table's property, whatever it is told to RETAIN
          "spark.databricks.delta.vacuum.retentionWindowIgnore.enabled", "false");

  private final SparkSession spark;
  private final MaintainSettings settings;
  private final Clock clock;
  private final String events;
  private final String deadLetters;
  private final String kpis;

  /**
   * @param events the events table's address
   * @param deadLetters the dead-letter table's, which need not be there
   * @param kpis the KPI table's, which need not be there
   */
  public Maintenance(
      SparkSession spark,
      MaintainSettings settings,
      Clock clock,
      String events,
      String deadLetters,
      String kpis) {
    this.spark = spark.newSession();
    this.settings = settings;
    this.clock = clock;
    this.events = events;
    this.deadLetters = deadLetters;
    this.kpis = kpis;
    CONF.forEach(this.spark.conf()::set);
  }

  /** Counts what there would be to do. */
  public List<MaintainCount> plan() {
    return tables().stream().map(table -> table.plan(clock.instant())).toList();
  }

  /**
   * Does it.
   *
   * @throws SinkException if there is no events table, or it has no statistics to order it by
   */
  public List<MaintainCount> run() {
    return tables().stream().map(table -> table.run(clock.instant())).toList();
  }

  private List<TableCare> tables() {
    List<TableCare> tables = new ArrayList<>();
    tables.add(
        care(events, settings.zorder())
            .orElseThrow(
                () ->
                    new SinkException(
                        "no table at %s (valid: the events table of a sink)".formatted(events))));
    care(deadLetters, List.of()).ifPresent(tables::add);
    care(kpis, List.of("minute")).ifPresent(tables::add); // so that a late event touches one file
    tables.forEach(TableCare::requireStatistics);
    return tables;
  }

  private Optional<TableCare> care(String uri, List<String> zorder) {
    return TableLog.newest(spark.sparkContext().hadoopConfiguration(), uri)
        .map(log -> new TableCare(spark, uri, log, settings, zorder));
  }
}
