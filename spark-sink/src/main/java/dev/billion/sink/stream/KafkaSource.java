// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** How Spark reads the topic. */
final class KafkaSource {

  private KafkaSource() {}

  static Dataset<Row> open(SparkSession spark, SinkSettings settings) {
    return spark.readStream().format("kafka").options(options(settings)).load();
  }

  /** What people set for security and the like goes first, what exactness rests on last. */
  static Map<String, String> options(SinkSettings settings) {
    Map<String, String> options = new HashMap<>();
    // With larger fetches the cached rest of 120 partitions fills the heap.
    options.put("kafka.max.poll.records", "20000");
    options.put("kafka.fetch.max.bytes", "1048576");
    options.put("kafka.max.partition.fetch.bytes", "1048576");
    // Spark asks for offsets between fetches, on the same connection: at the end of a partition
    // such a question would wait behind a fetch for new records, by default half a second.
    options.put("kafka.fetch.max.wait.ms", "10");
    settings.kafka().forEach((name, value) -> options.put("kafka." + name, value));
    options.put("kafka.bootstrap.servers", settings.bootstrap());
    options.put("kafka.isolation.level", "read_committed");
    options.put("subscribe", settings.topic());
    options.put("startingOffsets", settings.from().name().toLowerCase(Locale.ROOT));
    options.put("maxOffsetsPerTrigger", Long.toString(settings.maxRecords()));
    options.put("failOnDataLoss", "true");
    return options;
  }
}
