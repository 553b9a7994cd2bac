// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.table;

import dev.billion.sink.SinkException;
import io.delta.kernel.Table;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A Delta table that this program owns. A commit carries the writer's id and a version; Delta
 * leaves out a commit whose version the table has already seen from that writer, which makes a
 * repeated batch harmless.
 */
public final class SinkTable {

  private final SparkSession spark;
  private final String uri;
  private final TableLayout layout;

  public SinkTable(SparkSession spark, String uri, TableLayout layout) {
    this.spark = spark;
    this.uri = uri;
    this.layout = layout;
  }

  public boolean exists() {
    return DeltaTable.isDeltaTable(spark, uri);
  }

  /**
   * Creates the table, empty, unless it is there.
   *
   * @throws SinkException if the place cannot be written, or holds something else
   */
  public void createIfAbsent() {
    requireWritable();
    if (!exists()) {
      create();
    }
    requireLayout();
  }

  /**
   * The newest version that {@code appId} has committed.
   *
   * @return empty if it never did
   */
  public OptionalLong lastVersion(String appId) {
    Engine engine = DefaultEngine.create(spark.sparkContext().hadoopConfiguration());
    return Table.forPath(engine, uri)
        .getLatestSnapshot(engine)
        .getLatestTransactionVersion(engine, appId)
        .map(OptionalLong::of)
        .orElseGet(OptionalLong::empty);
  }

  public Dataset<Row> rows() {
    return spark.read().format("delta").load(uri);
  }

  /**
   * Some columns of all rows, straight from the data files where that is possible.
   *
   * @param names of columns that the table is not partitioned by
   */
  public Dataset<Row> columns(String... names) {
    StructType schema = new StructType();
    for (String name : names) {
      schema = schema.add(layout.columns().apply(name));
    }
    Optional<List<String>> files = DataFiles.of(spark.sparkContext().hadoopConfiguration(), uri);
    if (files.isEmpty()) {
      return rows().selectExpr(names);
    }
    return files.get().isEmpty()
        ? spark.createDataFrame(List.of(), schema)
        : spark.read().schema(schema).parquet(files.get().toArray(String[]::new));
  }

  /** Commits rows once per (appId, version). */
  public void append(Dataset<Row> rows, String appId, long version) {
    rows.write()
        .format("delta")
        .mode(SaveMode.Append)
        .partitionBy(partitionColumns())
        .option("txnAppId", appId)
        .option("txnVersion", version)
        .save(uri);
  }

  @Override
  public String toString() {
    return uri;
  }

  private String[] partitionColumns() {
    return layout.partitionColumns().toArray(String[]::new);
  }

  private void create() {
    DeltaTableBuilder builder =
        DeltaTable.createIfNotExists(spark)
            .location(uri)
            .comment(layout.comment())
            .addColumns(layout.columns())
            .partitionedBy(partitionColumns());
    layout.properties().forEach(builder::property);
    builder.execute();
  }

  private void requireWritable() {
    Path probe = new Path(uri, "_writable-" + ProcessHandle.current().pid());
    try {
      FileSystem files = probe.getFileSystem(spark.sparkContext().hadoopConfiguration());
      if (!exists() && files.exists(probe.getParent()) && !isEmpty(files, probe.getParent())) {
        throw new SinkException(
            "not a Delta table: %s (valid: a Delta table, an empty or a new directory)"
                .formatted(uri));
      }
      files.mkdirs(probe.getParent());
      files.create(probe, true).close();
      files.delete(probe, false);
    } catch (IOException | UnsupportedOperationException e) {
      throw new SinkException(
          "cannot write to table %s: %s (valid: a directory this process may write)"
              .formatted(uri, e.getMessage()),
          e);
    }
  }

  private static boolean isEmpty(FileSystem files, Path directory) throws IOException {
    return files.getFileStatus(directory).isDirectory() && files.listStatus(directory).length == 0;
  }

  private void requireLayout() {
    String found = rows().schema().catalogString();
    String needed = layout.columns().catalogString();
    if (!found.equals(needed)) {
      throw new SinkException(
          "table %s has other columns: %s (valid: %s)".formatted(uri, found, needed));
    }
  }
}
