// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.table;

import dev.billion.schemas.DeadLetter;
import dev.billion.sink.decode.EventLayout;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * @param notes properties of the table that tell the sink about it
 */
public record TableLayout(
    String comment,
    StructType columns,
    List<String> partitionColumns,
    List<String> statisticsColumns,
    List<String> uniqueColumns,
    Map<String, String> notes) {

  private static final Set<String> UNIQUE = Set.of("event_id", "event_time", "kafka_offset");

  /** The property with the Avro schema that a table's records are read as. */
  public static final String SCHEMA = "billion.avro.schema";

  /** Delta's property with the columns whose smallest and largest value it keeps per file. */
  public static final String STATISTICS = "delta.dataSkippingStatsColumns";

  public static final TableLayout EVENTS = of(EventLayout.USER_EVENT);

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

  /** A table that has nothing to tell the sink. */
  public TableLayout(
      String comment,
      StructType columns,
      List<String> partitionColumns,
      List<String> statisticsColumns,
      List<String> uniqueColumns) {
    this(comment, columns, partitionColumns, statisticsColumns, uniqueColumns, Map.of());
  }

  /**
   * The event's own columns, then where the record came from and when it was read. It is in the
   * directory of its own day, or where not every event says when it happened, of its record's.
   *
   * @throws IllegalArgumentException if the event has a column that is called like one of these
   */
  public static TableLayout of(EventLayout events) {
    boolean timed = events.eventTime().isPresent();
    String day = events.dayColumn();
    StructType columns =
        events
            .struct()
            .add("kafka_partition", DataTypes.IntegerType, true, "The record's partition.")
            .add("kafka_offset", DataTypes.LongType, true, "The record's offset in it.")
            .add("ingest_time", DataTypes.TimestampType, true, "When its batch began.")
            .add(
                day,
                DataTypes.DateType,
                true,
                "The day of %s in UTC.".formatted(timed ? "event_time" : "the record's timestamp"));
    events.requireDistinct(columns);
    return new TableLayout(
        "One row per event",
        columns,
        List.of(day),
        timed ? List.of("event_time", "ingest_time") : List.of("ingest_time"),
        UNIQUE.stream().filter(List.of(columns.fieldNames())::contains).toList(),
        Map.of(SCHEMA, events.schema().toString()));
  }

  /** Where the files of a day are, from the table's address on. */
  public String directory(int day) {
    return partitionColumns.get(0) + "=" + LocalDate.ofEpochDay(day);
  }

  /** The same with more to tell about it. */
  public TableLayout with(String note, String text) {
    Map<String, String> more = new HashMap<>(notes);
    more.put(note, text);
    return new TableLayout(
        comment, columns, partitionColumns, statisticsColumns, uniqueColumns, Map.copyOf(more));
  }

  /**
   * Statistics only where they let a reader skip files: those of every column cost a quarter of the
   * write. No table feature is asked for, so that every Delta reader there is can read the tables.
   * The log is kept for as long as VACUUM keeps files by default: a commit every five seconds is
   * half a million in Delta's 30 days.
   */
  Map<String, String> properties() {
    Map<String, String> properties = new HashMap<>(notes);
    properties.put("delta.logRetentionDuration", "interval 7 days");
    properties.put(STATISTICS, String.join(",", statisticsColumns));
    return properties;
  }

  private static StructType deadLetterColumns(Map<String, DataType> types) {
    StructType columns = new StructType();
    for (Schema.Field field : DeadLetter.getClassSchema().getFields()) {
      columns = columns.add(field.name(), types.get(field.name()), true, field.doc());
    }
    return columns;
  }
}
