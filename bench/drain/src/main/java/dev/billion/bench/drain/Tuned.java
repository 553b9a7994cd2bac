// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.drain;

import java.util.Map;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;

/**
 * {@link Vanilla} with what settings alone can do for it: large polls of small fetches, no wait for
 * more at a partition's end, batches of 4 million, a consumer kept for each partition, a task and
 * so a file for each core, zstd. Batches are idempotent, as Delta's guide has it.
 */
public final class Tuned {

  private static final Map<String, String> SPARK =
      Map.of(
          "spark.kafka.consumer.cache.capacity", "1024",
          "spark.sql.parquet.compression.codec", "zstd",
          "spark.databricks.delta.snapshotPartitions", "2");

  private static final Map<String, String> KAFKA =
      Map.of(
          "kafka.max.poll.records", "20000",
          "kafka.fetch.max.bytes", "1048576",
          "kafka.max.partition.fetch.bytes", "1048576",
          "kafka.fetch.max.wait.ms", "10",
          "maxOffsetsPerTrigger", "4000000");

  private Tuned() {}

  /** Takes the broker's address, the topic, the table's directory and the checkpoint's. */
  public static void main(String[] arguments) throws Exception {
    try (SparkSession spark = Source.session(SPARK)) {
      int cores = spark.sparkContext().defaultParallelism();
      VoidFunction2<Dataset<Row>, Long> append =
          (batch, id) ->
              batch
                  .coalesce(cores)
                  .write()
                  .format("delta")
                  .mode(SaveMode.Append)
                  .option("txnAppId", arguments[3])
                  .option("txnVersion", id)
                  .save(arguments[2]);
      new Source(arguments[0], arguments[1])
          .events(spark, KAFKA)
          .writeStream()
          .option("checkpointLocation", arguments[3])
          .trigger(Trigger.AvailableNow())
          .foreachBatch(append)
          .start()
          .awaitTermination();
    }
  }
}
