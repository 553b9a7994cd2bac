// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** How Spark plans what to read of the topic. */
final class KafkaSource {

  private KafkaSource() {}

  /**
   * @param start where a checkpoint without batches begins, in Spark's words
   */
  static Dataset<Row> open(SparkSession spark, SinkSettings settings, String start) {
    return spark.readStream().format("kafka").options(options(settings, start)).load();
  }

  /** What every client of the brokers is told: what people set, such as security, goes first. */
  static Map<String, String> client(SinkSettings settings) {
    Map<String, String> client = new HashMap<>(settings.kafka());
    client.put("bootstrap.servers", settings.bootstrap());
    client.put("isolation.level", "read_committed");
    return client;
  }

  static Map<String, String> options(SinkSettings settings, String start) {
    Map<String, String> options = new HashMap<>();
    client(settings).forEach((name, value) -> options.put("kafka." + name, value));
    options.put("subscribe", settings.topic());
    options.put("startingOffsets", start);
    options.put("maxOffsetsPerTrigger", Long.toString(settings.maxRecords()));
    options.put(
        "failOnDataLoss", Boolean.toString(settings.onDataLoss() == SinkSettings.OnDataLoss.FAIL));
    return options;
  }
}
