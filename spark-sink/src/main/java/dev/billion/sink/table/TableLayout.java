// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.table;

import dev.billion.schemas.DeadLetter;
import dev.billion.sink.decode.EventLayout;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What a table looks like.
 *
 * @param comment what a row is
 * @param columns all columns, with comments
 * @param partitionColumns those of them that cut the table into directories
 * @param statisticsColumns those of them whose smallest and largest value Delta keeps per file
 * @param uniqueColumns those of them whose values hardly repeat: a dictionary of them is wasted
 */
public record TableLayout(
    String comment,
    StructType columns,
    List<String> partitionColumns,
    List<String> statisticsColumns,
    List<String> uniqueColumns) {

  /** The event's own columns, then where the record came from and when it was read. */
  public static final TableLayout EVENTS =
      new TableLayout(
          "One row per event",
          EventLayout.columns()
              .add("kafka_partition", DataTypes.IntegerType, true, "The record's partition.")
              .add("kafka_offset", DataTypes.LongType, true, "The record's offset in it.")
              .add("ingest_time", DataTypes.TimestampType, true, "When its batch began.")
              .add("event_date", DataTypes.DateType, true, "The day of event_time in UTC."),
          List.of("event_date"),
          List.of("event_time", "ingest_time"),
          List.of("event_id", "event_time", "kafka_offset"));

  /** The {@link DeadLetter} of the data contract. */
  public static final TableLayout DEAD_LETTERS =
      new TableLayout(
          "One row per record that is not an event",
          deadLetterColumns(
              Map.of(
                  "topic", DataTypes.StringType,
                  "partition", DataTypes.IntegerType,
                  "offset", DataTypes.LongType,
                  "kafka_timestamp", DataTypes.TimestampType,
                  "reason", DataTypes.StringType,
                  "detail", DataTypes.StringType,
                  "schema_id", DataTypes.IntegerType,
                  "value", DataTypes.BinaryType)),
          List.of(),
          List.of("kafka_timestamp", "partition", "offset"),
          List.of("kafka_timestamp", "offset", "value"));

  /** Offsets that were gone from Kafka before they were read. */
  public static final TableLayout GAPS =
      new TableLayout(
          "One row per range of offsets that was gone from Kafka before it was read",
          new StructType()
              .add("topic", DataTypes.StringType, true, "The topic.")
              .add("partition", DataTypes.IntegerType, true, "The partition.")
              .add("from_offset", DataTypes.LongType, true, "The first offset that was gone.")
              .add("until_offset", DataTypes.LongType, true, "The offset after the last.")
              .add("found_time", DataTypes.TimestampType, true, "When the sink found out.")
              .add("batch", DataTypes.LongType, true, "The version of the batch's commits."),
          List.of(),
          List.of("found_time"),
          List.of());

  /**
   * Statistics only where they let a reader skip files: those of every column cost a quarter of the
   * write. No table feature is asked for, so that every Delta reader there is can read the tables.
   */
  Map<String, String> properties() {
    return Map.of("delta.dataSkippingStatsColumns", String.join(",", statisticsColumns));
  }

  private static StructType deadLetterColumns(Map<String, DataType> types) {
    StructType columns = new StructType();
    for (Schema.Field field : DeadLetter.getClassSchema().getFields()) {
      columns = columns.add(field.name(), types.get(field.name()), true, field.doc());
    }
    return columns;
  }
}
