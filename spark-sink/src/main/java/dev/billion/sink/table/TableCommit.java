// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.table;

import dev.billion.sink.SinkException;
import dev.billion.sink.write.DataFile;
import io.delta.kernel.DataWriteContext;
import io.delta.kernel.Operation;
import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.Transaction;
import io.delta.kernel.TransactionCommitResult;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.ConcurrentTransactionException;
import io.delta.kernel.exceptions.ConcurrentWriteException;
import io.delta.kernel.exceptions.MaxCommitRetryLimitReachedException;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.hook.PostCommitHook;
import io.delta.kernel.hook.PostCommitHook.PostCommitHookType;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.fs.Path;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.statistics.DataFileStatistics;
import io.delta.kernel.transaction.DataLayoutSpec;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterable;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.DataFileStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commits of one writer to a table. A commit carries the writer's id and a version, which tells
 * a repeated batch. For one thread.
 */
final class TableCommit {

  private static final Logger LOG = LoggerFactory.getLogger(TableCommit.class);
  private static final String ENGINE = "billion";

  private final Engine engine;
  private final String uri;
  private final TableLayout layout;

  TableCommit(Engine engine, String uri, TableLayout layout) {
    this.engine = engine;
    this.uri = uri;
    this.layout = layout;
  }

  /** Makes the table, with no rows. */
  void create() {
    List<Column> partitions = layout.partitionColumns().stream().map(Column::new).toList();
    Transaction transaction =
        TableManager.buildCreateTableTransaction(uri, KernelTypes.of(layout.columns()), ENGINE)
            .withTableProperties(layout.properties())
            .withDataLayoutSpec(
                partitions.isEmpty()
                    ? DataLayoutSpec.noDataLayout()
                    : DataLayoutSpec.partitioned(partitions))
            .build(engine);
    transaction.commit(engine, CloseableIterable.emptyIterable());
  }

  /** Sets properties of the table. */
  void note(Map<String, String> properties) {
    Transaction transaction =
        TableManager.loadSnapshot(uri)
            .build(engine)
            .buildUpdateTableTransaction(ENGINE, Operation.MANUAL_UPDATE)
            .withTablePropertiesAdded(properties)
            .build(engine);
    runHooks(transaction.commit(engine, CloseableIterable.emptyIterable()));
  }

  /**
   * Adds files, once for each version of a writer.
   *
   * @param further versions of other applications that the commit sets as well
   */
  void append(List<DataFile> files, String appId, long version, Map<String, Long> further) {
    try {
      Snapshot snapshot = TableManager.loadSnapshot(uri).build(engine);
      Transaction transaction =
          snapshot
              .buildUpdateTableTransaction(ENGINE, Operation.STREAMING_UPDATE)
              .withTransactionId(appId, version)
              .build(engine);
      List<Row> actions = additions(transaction, files);
      further.forEach((app, set) -> actions.add(TransactionVersions.action(app, set)));
      runHooks(transaction.commit(engine, iterable(actions)));
    } catch (ConcurrentTransactionException e) {
      throw new SinkException(
          "table %s has batch %d of '%s' already: another sink writes to it (valid: one sink per table and app id)"
              .formatted(uri, version, appId),
          e);
    }
  }

  /**
   * Puts files in the place of others, on top of the version that was seen and no other.
   *
   * @return whether it was done; if not, somebody else has committed since
   */
  boolean replace(
      Snapshot seen, List<LoggedFile> old, List<DataFile> files, String appId, long version) {
    Transaction transaction =
        seen.buildUpdateTableTransaction(ENGINE, Operation.MANUAL_UPDATE)
            .withTransactionId(appId, version)
            .withMaxRetries(0)
            .build(engine);
    List<Row> actions = new ArrayList<>(removals(old, true));
    actions.addAll(additions(transaction, files));
    try {
      runHooks(transaction.commit(engine, iterable(actions)));
      return true;
    } catch (ConcurrentWriteException | MaxCommitRetryLimitReachedException e) {
      LOG.debug("{} changed since version {}", uri, seen.getVersion(), e);
      return false;
    }
  }

  /**
   * Has one file in the place of others with the same rows. The log says so ({@code dataChange}):
   * who follows the table does not see the rows again, and may commit meanwhile, unless the same
   * files are removed.
   *
   * @param seen the table when {@code old} were part of it
   * @return whether it was done; if not, somebody else has removed one of the files, or changed the
   *     table's columns
   */
  boolean compact(Snapshot seen, List<LoggedFile> old, DataFile file) {
    Transaction transaction =
        seen.buildUpdateTableTransaction(ENGINE, Operation.MANUAL_UPDATE).build(engine);
    List<Row> actions = new ArrayList<>(removals(old, false));
    AddFile addition =
        AddFile.convertDataFileStatus(
            transaction.getSchema(engine),
            new Path(seen.getPath()).toUri(),
            status(transaction.getSchema(engine), file),
            partition(file),
            false,
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    actions.add(SingleAction.createAddFileSingleAction(addition.toRow()));
    try {
      runHooks(transaction.commit(engine, iterable(actions)));
      return true;
    } catch (ConcurrentWriteException | MaxCommitRetryLimitReachedException e) {
      LOG.debug("files of {} changed since version {}", uri, seen.getVersion(), e);
      return false;
    }
  }

  private static List<Row> removals(List<LoggedFile> files, boolean dataChange) {
    Optional<Long> now = Optional.of(System.currentTimeMillis());
    return files.stream()
        .map(file -> file.add().toRemoveFileRow(dataChange, now))
        .map(SingleAction::createRemoveFileSingleAction)
        .toList();
  }

  private Map<String, Literal> partition(DataFile file) {
    return file.day() == null
        ? Map.of()
        : Map.of(layout.partitionColumns().get(0), Literal.ofDate(file.day()));
  }

  private static CloseableIterable<Row> iterable(List<Row> actions) {
    return CloseableIterable.inMemoryIterable(Utils.toCloseableIterator(actions.iterator()));
  }

  private List<Row> additions(Transaction transaction, List<DataFile> files) {
    Row state = transaction.getTransactionState(engine);
    StructType schema = transaction.getSchema(engine);
    List<Row> actions = new ArrayList<>();
    for (DataFile file : files) {
      DataWriteContext context = Transaction.getWriteContext(engine, state, partition(file));
      try (CloseableIterator<Row> rows =
          Transaction.generateAppendActions(
              engine, state, Utils.singletonCloseableIterator(status(schema, file)), context)) {
        rows.forEachRemaining(actions::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return actions;
  }

  private static DataFileStatus status(StructType schema, DataFile file) {
    Map<Column, Literal> min = new HashMap<>();
    Map<Column, Literal> max = new HashMap<>();
    Map<Column, Long> nulls = new HashMap<>();
    file.statistics()
        .forEach(
            (name, range) -> {
              Column column = new Column(name);
              nulls.put(column, range.nulls());
              if (range.min() != null) {
                min.put(column, KernelTypes.literal(schema, name, range.min()));
                max.put(column, KernelTypes.literal(schema, name, range.max()));
              }
            });
    return new DataFileStatus(
        file.path(),
        file.bytes(),
        file.modified(),
        Optional.of(new DataFileStatistics(file.rows(), min, max, nulls, Optional.empty())));
  }

  /** Checkpoints of the log and the like; the commit stands without them. */
  private void runHooks(TransactionCommitResult result) {
    for (PostCommitHook hook : result.getPostCommitHooks()) {
      try {
        if (hook.getType() == PostCommitHookType.CHECKPOINT) {
          LogCare.checkpoint(engine, TableManager.loadSnapshot(uri).build(engine));
        } else {
          hook.threadSafeInvoke(engine);
        }
      } catch (IOException | RuntimeException e) {
        LOG.warn("{} after version {} of {} failed", hook.getType(), result.getVersion(), uri, e);
      }
    }
  }
}
