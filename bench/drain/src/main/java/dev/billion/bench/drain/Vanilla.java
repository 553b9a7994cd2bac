// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.drain;

import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;

/** From Kafka into Delta Lake by the recipe of the tutorials, with default settings. */
public final class Vanilla {

  private Vanilla() {}

  /** Takes the broker's address, the topic, the table's directory and the checkpoint's. */
  public static void main(String[] arguments) throws Exception {
    try (SparkSession spark = Source.session(Map.of())) {
      new Source(arguments[0], arguments[1])
          .events(spark, Map.of())
          .writeStream()
          .format("delta")
          .outputMode("append")
          .option("checkpointLocation", arguments[3])
          .trigger(Trigger.AvailableNow())
          .start(arguments[2])
          .awaitTermination();
    }
  }
}
