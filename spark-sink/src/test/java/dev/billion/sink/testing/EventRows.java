// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.testing;

import dev.billion.sink.table.TableLayout;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Rows of an events table, made by Spark and written by Delta's own writer. */
public final class EventRows {

  private EventRows() {}

  /**
   * Rows that are all different.
   *
   * @param eventTime an SQL expression of {@code id}
   * @param userId the same
   */
  public static Dataset<Row> of(
      SparkSession spark, long from, long until, String eventTime, String userId) {
    Dataset<Row> rows =
        spark
            .range(from, until, 1, 1)
            .selectExpr(
                "id",
                "unhex(lpad(hex(id), 32, '0')) AS event_id",
                eventTime + " AS event_time",
                userId + " AS user_id",
                "'s' AS session_id",
                "CASE WHEN id % 10 = 9 THEN 'PURCHASE' ELSE 'VIEW' END AS event_type",
                "CASE id % 3 WHEN 0 THEN 'books' WHEN 1 THEN 'toys' END AS category",
                "CASE id % 2 WHEN 0 THEN 'eu-west' ELSE 'us-east' END AS region",
                "'MOBILE' AS device",
                "'/' AS page",
                "CAST(NULL AS STRING) AS referrer",
                "CASE WHEN id % 10 = 9 THEN 100 + id END AS amount_cents",
                "CASE WHEN id % 10 = 9 THEN if(id % 4 = 1, 'EUR', 'USD') END AS currency",
                "0 AS kafka_partition",
                "id AS kafka_offset",
                "TIMESTAMP '2025-03-02T00:00:00Z' + make_dt_interval(0, 0, 0, id) AS ingest_time")
            .withColumn("event_date", functions.to_date(functions.col("event_time")));
    return rows.select(
        Arrays.stream(TableLayout.EVENTS.columns().fieldNames())
            .map(functions::col)
            .toArray(Column[]::new));
  }

  public static void append(Dataset<Row> rows, String table) {
    rows.write().format("delta").mode(SaveMode.Append).partitionBy("event_date").save(table);
  }
}
