// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

import dev.billion.sink.table.TableLayout;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What is read for the KPIs, and the table that they are kept in. */
public final class KpiLayout {

  /** What {@link EventScan} reads. */
  static final StructType READ =
      new StructType()
          .add("event_time", DataTypes.TimestampType)
          .add("region", DataTypes.StringType)
          .add("category", DataTypes.StringType)
          .add("device", DataTypes.StringType)
          .add("event_type", DataTypes.StringType)
          .add("currency", DataTypes.StringType)
          .add("amount_cents", DataTypes.LongType)
          .add("user_id", DataTypes.LongType)
          .add("ingest_time", DataTypes.TimestampType);

  /** In the order in which {@link KpiRows} writes them. */
  static final StructType COLUMNS =
      new StructType()
          .add("minute", DataTypes.TimestampType, true, "When the minute of event_time begins.")
          .add("region", DataTypes.StringType, true, "Of the events.")
          .add("category", DataTypes.StringType, true, "Of the events.")
          .add("device", DataTypes.StringType, true, "Of the events.")
          .add("event_type", DataTypes.StringType, true, "Of the events.")
          .add("currency", DataTypes.StringType, true, "Of the amounts, null where there are none.")
          .add("events", DataTypes.LongType, true, "How many there are.")
          .add("revenue_cents", DataTypes.LongType, true, "The sum of amount_cents.")
          .add("users", DataTypes.LongType, true, "About how many users; not to be added up.")
          .add("users_sketch", DataTypes.BinaryType, true, "HLL sketch of user_id, to merge.")
          .add("last_ingest_time", DataTypes.TimestampType, true, "The newest ingest_time.");

  /** One row for each minute and combination of what the events have in common. */
  public static final TableLayout KPI_MINUTE =
      new TableLayout(
          "KPIs by minute",
          COLUMNS.add("event_date", DataTypes.DateType, true, "The day of minute in UTC."),
          List.of("event_date"),
          List.of("minute"),
          List.of("users_sketch"));

  private KpiLayout() {}
}
