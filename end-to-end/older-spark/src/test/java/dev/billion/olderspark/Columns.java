// SPDX-License-Identifier: Apache-2.0
package dev.billion.olderspark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * Prints what a Delta table has in each column: how many values, and the sum of their hashes; of
 * times also how many there are from the middle on, which asks for the files' statistics. It is run
 * from its source, with whatever Spark there is.
 */
public final class Columns {

  private static final String MIDDLE =
      "timestamp_micros((unix_micros(min(%1$s)) + unix_micros(max(%1$s))) div 2)";

  private Columns() {}

  /**
   * @param tables their addresses
   */
  public static void main(String[] tables) throws IOException {
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.databricks.delta.snapshotPartitions", "2")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
            .config(
                "spark.sql.catalog.spark_catalog",
                "org.apache.spark.sql.delta.catalog.DeltaCatalog")
            .getOrCreate()) {
      System.err.println("Spark " + spark.version());
      for (String table : tables) {
        print(table, spark.read().format("delta").load(table));
      }
    }
  }

  private static void print(String table, Dataset<Row> rows) {
    System.out.printf("%s: %d rows%n", table, rows.count());
    List<String> questions = new ArrayList<>();
    for (StructField column : rows.schema().fields()) {
      questions.add("count(%s)".formatted(column.name()));
      questions.add("sum(CAST(xxhash64(%s) AS DECIMAL(20, 0)))".formatted(column.name()));
      if (column.dataType().equals(DataTypes.TimestampType)) {
        questions.add(MIDDLE.formatted(column.name()));
      }
      if (column.name().equals("users_sketch")) {
        questions.add("hll_sketch_estimate(hll_union_agg(users_sketch))");
      }
    }
    Row answers = rows.selectExpr(questions.toArray(String[]::new)).first();
    for (int i = 0; i < answers.size(); i++) {
      System.out.printf("  %s: %s%n", questions.get(i), answers.get(i));
    }
    for (StructField column : rows.schema().fields()) {
      int middle = questions.indexOf(MIDDLE.formatted(column.name()));
      if (middle >= 0) {
        long later = rows.where(rows.col(column.name()).geq(answers.get(middle))).count();
        System.out.printf("  %s from its middle on: %d%n", column.name(), later);
      }
    }
  }
}
