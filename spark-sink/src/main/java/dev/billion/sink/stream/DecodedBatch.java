// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.to_date;

import dev.billion.sink.decode.DecodeCatalog;
import dev.billion.sink.table.TableLayout;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * The records of one batch, decoded whenever they are asked for. Nothing is kept between two
 * questions: each reads the batch from Kafka anew.
 */
final class DecodedBatch {

  private final Dataset<Row> records;
  private final Instant began;

  /**
   * @param kafka rows of Spark's Kafka source
   * @param tasks how many tasks share the work: each writes a file, so one per core, not one per
   *     partition of the topic
   * @param batch its id
   * @param began when the batch began
   */
  DecodedBatch(Dataset<Row> kafka, int tasks, long batch, Instant began) {
    this.records =
        kafka
            .coalesce(tasks)
            .select(
                col("topic"),
                col("partition"),
                col("offset"),
                col("timestamp"),
                col("value"),
                DecodeCatalog.decode(col("value"), batch).as("decoded"));
    this.began = began;
  }

  BatchCount count() {
    Row row = records.agg(count_if(not(isDeadLetter())), count_if(isDeadLetter())).first();
    return new BatchCount(1, row.getLong(0), row.getLong(1));
  }

  /** Rows of {@link TableLayout#EVENTS}. */
  Dataset<Row> events() {
    Map<String, Column> others =
        Map.of(
            "kafka_partition", col("partition"),
            "kafka_offset", col("offset"),
            "ingest_time", lit(Timestamp.from(began)),
            "event_date", to_date(col("decoded.event.event_time")));
    return records
        .where(col("decoded.reason").isNull())
        .select(columns(TableLayout.EVENTS.columns(), others, "decoded.event."));
  }

  /** Rows of {@link TableLayout#DEAD_LETTERS}. */
  Dataset<Row> deadLetters() {
    Map<String, Column> others =
        Map.of(
            "topic", col("topic"),
            "partition", col("partition"),
            "offset", col("offset"),
            "kafka_timestamp", col("timestamp"),
            "value", col("value"));
    return records
        .where(isDeadLetter())
        .select(columns(TableLayout.DEAD_LETTERS.columns(), others, "decoded."));
  }

  /** {@link #events} but for records that are in a dead-letter table. */
  Dataset<Row> eventsExcept(Dataset<Row> deadLetters) {
    Dataset<Row> events = events();
    return events.join(
        deadLetters,
        events
            .col("kafka_partition")
            .equalTo(deadLetters.col("partition"))
            .and(events.col("kafka_offset").equalTo(deadLetters.col("offset"))),
        "left_anti");
  }

  /** {@link #deadLetters} but for records that are in a dead-letter table. */
  Dataset<Row> deadLettersExcept(Dataset<Row> deadLetters) {
    Dataset<Row> found = deadLetters();
    return found.join(
        deadLetters,
        found
            .col("partition")
            .equalTo(deadLetters.col("partition"))
            .and(found.col("offset").equalTo(deadLetters.col("offset"))),
        "left_anti");
  }

  private static Column isDeadLetter() {
    return col("decoded.reason").isNotNull();
  }

  private static Column[] columns(StructType layout, Map<String, Column> others, String prefix) {
    return Arrays.stream(layout.fieldNames())
        .map(name -> others.getOrDefault(name, col(prefix + name)).as(name))
        .toArray(Column[]::new);
  }
}
