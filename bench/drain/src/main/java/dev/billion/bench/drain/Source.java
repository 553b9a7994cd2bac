// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.drain;

import static org.apache.spark.sql.avro.functions.from_avro;
import static org.apache.spark.sql.functions.expr;

import dev.billion.schemas.UserEvent;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A topic's events as the tutorials read them: Spark's Kafka source, the Confluent header cut off,
 * and spark-avro.
 *
 * @param bootstrap the broker
 * @param topic the topic
 */
record Source(String bootstrap, String topic) {

  /**
   * A session with Delta Lake. All else is Spark's default, but for what would open it to the
   * network.
   *
   * @param more further settings
   */
  static SparkSession session(Map<String, String> more) {
    SparkSession.Builder builder =
        SparkSession.builder()
            .master("local[*]")
            .appName("bench-drain")
            .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
            .config(
                "spark.sql.catalog.spark_catalog",
                "org.apache.spark.sql.delta.catalog.DeltaCatalog")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1");
    more.forEach(builder::config);
    SparkSession spark = builder.getOrCreate();
    spark.streams().addListener(new BatchLines());
    return spark;
  }

  /**
   * The columns of the events.
   *
   * @param more further options of the Kafka source
   */
  Dataset<Row> events(SparkSession spark, Map<String, String> more) {
    return spark
        .readStream()
        .format("kafka")
        .option("kafka.bootstrap.servers", bootstrap)
        .option("subscribe", topic)
        .option("startingOffsets", "earliest")
        .options(more)
        .load()
        .select(
            from_avro(expr("substring(value, 6)"), UserEvent.getClassSchema().toString())
                .as("event"))
        .select("event.*");
  }
}
