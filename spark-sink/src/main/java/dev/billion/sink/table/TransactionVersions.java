// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.table;

import io.delta.kernel.Snapshot;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.actions.SetTransaction;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.replay.ActionsIterator;
import io.delta.kernel.internal.replay.LogReplay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The versions that applications have set in a table ({@code txn} actions of the Delta protocol).
 * The newest of each stays in the table for good: it goes through the checkpoints of the log.
 * Kernel's public interface sets one a commit and reads one a replay of the log, so that this uses
 * parts below it, of the version in the pom.
 */
final class TransactionVersions {

  private TransactionVersions() {}

  /** An action that sets a version, beside the one that a commit sets of itself. */
  static Row action(String appId, long version) {
    return SingleAction.createTxnSingleAction(
        new SetTransaction(appId, version, Optional.of(System.currentTimeMillis())).toRow());
  }

  /** The newest version of each application, from one replay of the log. */
  static Map<String, Long> all(Engine engine, Snapshot snapshot) {
    Map<String, Long> newest = new HashMap<>();
    try (ActionsIterator actions =
        new ActionsIterator(
            engine,
            snapshot.getLogSegment().allFilesWithCompactionsReversed(),
            LogReplay.SET_TRANSACTION_READ_SCHEMA,
            Optional.empty())) {
      while (actions.hasNext()) {
        ColumnVector column = actions.next().getColumnarBatch().getColumnVector(0);
        for (int row = 0; row < column.getSize(); row++) {
          SetTransaction set = SetTransaction.fromColumnVector(column, row);
          if (set != null) {
            newest.putIfAbsent(set.getAppId(), set.getVersion());
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return newest;
  }
}
