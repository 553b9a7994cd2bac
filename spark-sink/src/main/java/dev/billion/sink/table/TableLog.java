// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.table;

import dev.billion.sink.SinkException;
import dev.billion.sink.decode.EventLayout;
import io.delta.kernel.CommitActions;
import io.delta.kernel.CommitRangeBuilder.CommitBoundary;
import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.internal.DeltaLogActionUtils.DeltaAction;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.ScanImpl;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.RemoveFile;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of a table up to one version: which files it has, and which came when. */
public final class TableLog {

  private static final Logger LOG = LoggerFactory.getLogger(TableLog.class);
  private static final String COLUMN_MAPPING = "delta.columnMapping.mode";

  private final Engine engine;
  private final String uri;
  private final Snapshot snapshot;

  private TableLog(Engine engine, String uri, Snapshot snapshot) {
    this.engine = engine;
    this.uri = uri;
    this.snapshot = snapshot;
  }

  /** The log up to the newest version, empty if there is no table. */
  public static Optional<TableLog> newest(Configuration hadoop, String uri) {
    Engine engine = DefaultEngine.create(hadoop);
    try {
      Snapshot snapshot = TableManager.loadSnapshot(uri).build(engine);
      return Optional.of(new TableLog(engine, uri, snapshot));
    } catch (TableNotFoundException e) {
      return Optional.empty();
    }
  }

  /** The newest version. */
  public long version() {
    return snapshot.getVersion();
  }

  /** Whether the table has these columns. */
  public boolean has(StructType columns) {
    return KernelTypes.of(columns).fields().stream()
        .allMatch(
            field -> {
              int index = snapshot.getSchema().indexOf(field.getName());
              return index >= 0
                  && snapshot.getSchema().at(index).getDataType().equals(field.getDataType());
            });
  }

  /** Tells the table from one that was there before it. */
  public String tableId() {
    return snapshot.getMetadata().getId();
  }

  /** What an events table looks like, by the schema that it keeps. */
  public TableLayout eventsLayout() {
    return property(TableLayout.SCHEMA)
        .map(EventLayout::parse)
        .map(TableLayout::of)
        .orElse(TableLayout.EVENTS);
  }

  /** A property of the table. */
  public Optional<String> property(String name) {
    return Optional.ofNullable(snapshot.getTableProperties().get(name));
  }

  /** The newest version that {@code appId} has committed, empty if it never did. */
  public OptionalLong lastVersion(String appId) {
    return snapshot
        .getLatestTransactionVersion(engine, appId)
        .map(OptionalLong::of)
        .orElseGet(OptionalLong::empty);
  }

  /** The files of the newest version. */
  public List<LoggedFile> files() {
    List<LoggedFile> files = new ArrayList<>();
    ScanImpl scan = (ScanImpl) snapshot.getScanBuilder().build();
    try (CloseableIterator<FilteredColumnarBatch> batches = scan.getScanFiles(engine, true)) {
      while (batches.hasNext()) {
        try (CloseableIterator<Row> rows = batches.next().getRows()) {
          rows.forEachRemaining(
              row ->
                  files.add(
                      new LoggedFile(
                          uri,
                          new AddFile(row.getStruct(InternalScanFileUtils.ADD_FILE_ORDINAL)))));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  /**
   * The same, for Spark to read straight from the disk; empty if a row of the table is not simply a
   * row of a file, because the table deletes by vectors or names its columns otherwise.
   */
  Optional<List<LoggedFile>> plainFiles() {
    if (!property(COLUMN_MAPPING).orElse("none").equals("none")) {
      return Optional.empty();
    }
    List<LoggedFile> files = files();
    return files.stream().anyMatch(LoggedFile::hasDeletedRows)
        ? Optional.empty()
        : Optional.of(files);
  }

  /**
   * The files that brought new rows since a version. Compactions bring none. Nor does a commit that
   * also takes rows away: what it adds are rows that were there before.
   *
   * @throws SinkException if the log does not reach back that far
   */
  public List<LoggedFile> addedSince(long version) {
    List<LoggedFile> added = new ArrayList<>();
    for (LoggedCommit commit : commitsSince(version)) {
      if (commit.takesRows()) {
        LOG.warn("version {} of {} takes rows away, which is not followed", commit.version(), uri);
      } else {
        commit.added().stream().filter(LoggedFile::bringsRows).forEach(added::add);
      }
    }
    return added;
  }

  /**
   * The commits since a version, oldest first.
   *
   * @throws SinkException if the log does not reach back that far
   */
  public List<LoggedCommit> commitsSince(long version) {
    List<LoggedCommit> found = new ArrayList<>();
    if (version < version()) {
      try {
        forEachCommit(CommitBoundary.atVersion(version + 1), found::add);
      } catch (KernelException e) {
        throw new SinkException(
            "the log of table %s does not reach back to version %d: %s (valid: a new table to derive from it)"
                .formatted(uri, version + 1, e.getMessage()),
            e);
      }
    }
    return found;
  }

  /**
   * The addresses of the files that were removed from the table since a time, but for those that
   * are younger, as far as the log reaches back.
   */
  public Set<String> removedSince(Instant time) {
    Set<String> removed = new HashSet<>();
    Set<String> younger = new HashSet<>();
    if (snapshot.getTimestamp(engine) >= time.toEpochMilli()) {
      forEachCommit(
          CommitBoundary.atTimestamp(time.toEpochMilli(), snapshot),
          commit -> {
            removed.addAll(commit.removed());
            commit.added().stream()
                .filter(file -> file.modified() >= time.toEpochMilli())
                .forEach(file -> younger.add(file.path()));
          });
    }
    removed.removeAll(younger);
    return removed;
  }

  private void forEachCommit(CommitBoundary first, Consumer<LoggedCommit> action) {
    try (CloseableIterator<CommitActions> commits =
        TableManager.loadCommitRange(uri, first)
            .withEndBoundary(CommitBoundary.atVersion(version()))
            .build(engine)
            .getCommitActions(engine, Set.of(DeltaAction.ADD, DeltaAction.REMOVE))) {
      while (commits.hasNext()) {
        try (CommitActions commit = commits.next()) {
          action.accept(logged(commit));
        }
      }
    } catch (Exception e) {
      throw e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
    }
  }

  private LoggedCommit logged(CommitActions commit) throws IOException {
    List<LoggedFile> added = new ArrayList<>();
    List<String> removed = new ArrayList<>();
    boolean takesRows = false;
    try (CloseableIterator<ColumnarBatch> batches = commit.getActions()) {
      while (batches.hasNext()) {
        ColumnarBatch batch = batches.next();
        int add = batch.getSchema().indexOf(DeltaAction.ADD.colName);
        int remove = batch.getSchema().indexOf(DeltaAction.REMOVE.colName);
        try (CloseableIterator<Row> rows = batch.getRows()) {
          while (rows.hasNext()) {
            Row row = rows.next();
            if (!row.isNullAt(add)) {
              added.add(new LoggedFile(uri, new AddFile(row.getStruct(add))));
            } else if (!row.isNullAt(remove)) {
              RemoveFile file = new RemoveFile(row.getStruct(remove));
              removed.add(LoggedFile.address(uri, file.getPath()));
              takesRows |= file.getDataChange();
            }
          }
        }
      }
    }
    return new LoggedCommit(commit.getVersion(), added, removed, takesRows);
  }

  Snapshot snapshot() {
    return snapshot;
  }
}
