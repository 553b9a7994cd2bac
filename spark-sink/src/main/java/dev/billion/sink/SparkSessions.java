// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink;

import dev.billion.sink.s3.S3LogStore;
import dev.billion.sink.table.LocalFiles;
import dev.billion.sink.table.LocalLogStore;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.Utils;

/** Spark as this program wants it. What spark-submit or a system property sets wins. */
public final class SparkSessions {

  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("spark.app.name", "billion"),
          Map.entry("spark.ui.enabled", "false"),
          Map.entry("spark.ui.showConsoleProgress", "false"),
          Map.entry("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension"),
          Map.entry(
              "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog"),
          // no table is ever made there, but Spark makes the directory
          Map.entry(
              "spark.sql.warehouse.dir",
              Path.of(System.getProperty("java.io.tmpdir"), "spark-warehouse").toUri().toString()),
          Map.entry("spark.sql.session.timeZone", "UTC"),
          // so that chores take turns with the stream's tasks, see Chores
          Map.entry("spark.scheduler.mode", "FAIR"),
          Map.entry("spark.sql.shuffle.partitions", "8"),
          // the state of a table's log is small: two tasks, not fifty, to read it
          Map.entry("spark.databricks.delta.snapshotPartitions", "2"),
          Map.entry("spark.sql.parquet.datetimeRebaseModeInRead", "CORRECTED"),
          // logs of thousands of commits, of which no more is listed than is needed
          Map.entry(
              "spark.hadoop.io.delta.kernel.logStore.file.impl", LocalLogStore.class.getName()),
          Map.entry("spark.delta.logStore.file.impl", LocalLogStore.class.getName()),
          // S3: commits that exclude each other, by Kernel and by Spark; and no secret in a setting
          Map.entry("spark.hadoop.io.delta.kernel.logStore.s3a.impl", S3LogStore.class.getName()),
          Map.entry("spark.delta.logStore.s3a.impl", S3LogStore.class.getName()),
          Map.entry(
              "spark.hadoop.fs.s3a.aws.credentials.provider",
              "software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider"));

  private SparkSessions() {}

  /**
   * A session.
   *
   * @param master Spark's master URL, null for what the environment says, else {@code local[*]}
   */
  public static SparkSession open(String master) {
    String wanted = master == null ? System.getProperty("spark.master", "local[*]") : master;
    boolean local = wanted.startsWith("local");
    if (local) {
      // before the first setting: Spark looks itself up then, and not every machine knows its name
      Utils.setCustomHostname("localhost");
    }
    SparkConf conf = new SparkConf().set("spark.master", wanted);
    DEFAULTS.forEach(conf::setIfMissing);
    if (local) {
      // where executors are elsewhere, Hadoop may ask for files before they have this program's jar
      conf.setIfMissing("spark.hadoop.fs.file.impl", LocalFiles.class.getName());
      conf.setIfMissing("spark.driver.host", "127.0.0.1");
      conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
    }
    return SparkSession.builder().config(conf).getOrCreate();
  }
}
