// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.table;

import dev.billion.sink.SinkException;
import dev.billion.sink.write.DataFile;
import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.exceptions.TableNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A Delta table that this program owns. It is written with Delta Kernel, whose commits take no
 * query; the reader's side is Spark's.
 */
public final class SinkTable {

  private static final String LOG = "_delta_log";
  private static final String PROBE = "_writable-";

  private final SparkSession spark;
  private final Configuration hadoop;
  private final Engine engine;
  private final String uri;
  private TableLayout layout;
  private final TableCommit commit;

  public SinkTable(SparkSession spark, String uri, TableLayout layout) {
    this.spark = spark;
    this.uri = uri;
    this.layout = layout;
    this.hadoop = spark.sparkContext().hadoopConfiguration();
    this.engine = DefaultEngine.create(hadoop);
    this.commit = new TableCommit(engine, uri, layout);
  }

  public boolean exists() {
    return newest().isPresent();
  }

  /**
   * Creates the table, empty, unless it is there, or another process makes it at this moment.
   *
   * @throws SinkException if the place cannot be written, or holds something else
   */
  public void createIfAbsent() {
    requireWritable();
    if (!exists()) {
      try {
        commit.create();
      } catch (KernelException e) {
        if (!exists()) {
          throw e;
        }
      }
    }
    requireLayout();
  }

  /**
   * Gives the table the columns of a wider layout. Its rows so far have null there. A crash in
   * between is made good by {@link #createIfAbsent}, as the table says first what it is to be.
   */
  public void widen(TableLayout wider) {
    commit.note(wider.notes());
    layout = wider;
    addColumns();
  }

  /** Whether the table has a column. */
  public boolean has(String column) {
    return newest().orElseThrow().getSchema().indexOf(column) >= 0;
  }

  /** A property of the table. */
  public Optional<String> property(String name) {
    return newest().map(Snapshot::getTableProperties).map(properties -> properties.get(name));
  }

  /**
   * The newest version that {@code appId} has committed.
   *
   * @return empty if it never did
   */
  public OptionalLong lastVersion(String appId) {
    return newest()
        .flatMap(snapshot -> snapshot.getLatestTransactionVersion(engine, appId))
        .map(OptionalLong::of)
        .orElseGet(OptionalLong::empty);
  }

  /** The newest version of each application that has committed one, by its id. */
  public Map<String, Long> versions() {
    return newest().map(snapshot -> TransactionVersions.all(engine, snapshot)).orElseGet(Map::of);
  }

  public Dataset<Row> rows() {
    return spark.read().format("delta").load(uri);
  }

  /** The size of its data files, in bytes. */
  public long bytes() {
    return TableLog.newest(hadoop, uri).orElseThrow().files().stream()
        .mapToLong(LoggedFile::bytes)
        .sum();
  }

  /**
   * Some columns of all rows, straight from the data files where that is possible.
   *
   * @param names of columns that the table is not partitioned by
   */
  public Dataset<Row> columns(String... names) {
    return columns(file -> true, names);
  }

  /**
   * The same of some files, as far as rows can be told by files; else of all.
   *
   * @param wanted which files, by what the log says of them
   */
  public Dataset<Row> columns(Predicate<LoggedFile> wanted, String... names) {
    StructType schema = new StructType();
    for (String name : names) {
      schema = schema.add(layout.columns().apply(name));
    }
    Optional<List<LoggedFile>> files = TableLog.newest(hadoop, uri).orElseThrow().plainFiles();
    return files.isEmpty()
        ? rows().selectExpr(names)
        : read(schema, files.get().stream().filter(wanted).toList());
  }

  /**
   * Makes files a part of the table, all at once.
   *
   * @param appId who commits
   * @param version higher than any that {@code appId} has committed
   * @param further versions of other applications that the commit sets as well
   * @throws SinkException if somebody has committed that version meanwhile
   */
  public void commit(List<DataFile> files, String appId, long version, Map<String, Long> further) {
    commit.append(files, appId, version, further);
  }

  /** Adds rows, all at once, by a query of Spark: for tables that seldom get one. */
  public void add(List<Row> rows) {
    spark
        .createDataFrame(rows, layout.columns())
        .coalesce(1)
        .write()
        .format("delta")
        .mode(SaveMode.Append)
        .save(uri);
  }

  /**
   * Puts files in the place of others, all at once, on top of the version that was seen.
   *
   * @param seen the table when {@code old} was chosen
   * @return whether it was done; if not, somebody else has committed since
   */
  public boolean replace(
      TableLog seen, List<LoggedFile> old, List<DataFile> files, String appId, long version) {
    return commit.replace(seen.snapshot(), old, files, appId, version);
  }

  /**
   * Has one file in the place of others with the same rows. Others may add files meanwhile.
   *
   * @param seen the table when {@code old} were part of it
   * @return whether it was done; if not, somebody else has removed one of the files, or changed the
   *     table's columns
   */
  public boolean compact(TableLog seen, List<LoggedFile> old, DataFile file) {
    return commit.compact(seen.snapshot(), old, file);
  }

  @Override
  public String toString() {
    return uri;
  }

  private Dataset<Row> read(StructType columns, List<LoggedFile> files) {
    return files.isEmpty()
        ? spark.createDataFrame(List.of(), columns)
        : spark
            .read()
            .schema(columns)
            .parquet(
                LoggedFile.paths(files).stream().map(SinkTable::literal).toArray(String[]::new));
  }

  /** Spark takes addresses for patterns. */
  private static String literal(String path) {
    return path.replaceAll("[{}\\[\\]*?\\\\]", "\\\\$0");
  }

  private Optional<Snapshot> newest() {
    try {
      return Optional.of(TableManager.loadSnapshot(uri).build(engine));
    } catch (TableNotFoundException e) {
      return Optional.empty();
    }
  }

  private void requireWritable() {
    Path probe = new Path(uri, PROBE + UUID.randomUUID());
    try {
      FileSystem files = probe.getFileSystem(hadoop);
      if (files.exists(probe.getParent()) && holdsOther(files, probe.getParent()) && !exists()) {
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

  /** Whether there is more than what a process that makes a table leaves at first. */
  private static boolean holdsOther(FileSystem files, Path directory) throws IOException {
    return !files.getFileStatus(directory).isDirectory()
        || Arrays.stream(files.listStatus(directory))
            .map(file -> file.getPath().getName())
            .anyMatch(name -> !name.equals(LOG) && !name.startsWith(PROBE));
  }

  /** By Spark, since Kernel changes columns only of tables that map their names. */
  private void addColumns() {
    spark
        .createDataFrame(List.of(), layout.columns())
        .write()
        .format("delta")
        .mode(SaveMode.Append)
        .option("mergeSchema", "true")
        .save(uri);
  }

  private void requireLayout() {
    String needed = KernelTypes.describe(KernelTypes.of(layout.columns()));
    String found = KernelTypes.describe(newest().orElseThrow().getSchema());
    String schema = layout.notes().get(TableLayout.SCHEMA);
    if (!found.equals(needed) && property(TableLayout.SCHEMA).equals(Optional.ofNullable(schema))) {
      addColumns();
      found = KernelTypes.describe(newest().orElseThrow().getSchema());
    }
    if (!found.equals(needed)) {
      throw new SinkException(
          "table %s has other columns: %s (valid: %s)".formatted(uri, found, needed));
    }
  }
}
