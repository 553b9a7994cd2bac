// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import dev.billion.sink.SinkException;
import dev.billion.sink.table.SinkTable;
import java.util.OptionalLong;

/**
 * Whether checkpoint and table belong together. Each alone looks fine when the other was deleted,
 * restored from a backup or mistyped, but going on would lose records (their batch ids are taken in
 * the table) or double them.
 */
final class Beginning {

  private Beginning() {}

  /**
   * @throws SinkException if the table has batches that the checkpoint does not know, or lacks some
   *     that the checkpoint says are done
   */
  static void requireMatch(Checkpoint checkpoint, SinkTable events, String appId) {
    OptionalLong committed = events.lastVersion(appId);
    OptionalLong planned = checkpoint.lastPlanned();
    if (committed.orElse(-1) > planned.orElse(-1)) {
      throw new SinkException(
          "table %s has batches up to %d of '%s', checkpoint %s %s (valid: the checkpoint that belongs to the table, or another table)"
              .formatted(events, committed.getAsLong(), appId, checkpoint, upTo(planned)));
    }
    OptionalLong finished = checkpoint.lastFinished();
    if (finished.orElse(-1) > committed.orElse(-1)) {
      throw new SinkException(
          "checkpoint %s has finished batches up to %d, table %s %s of '%s' (valid: the table and app id that belong to the checkpoint, or another checkpoint)"
              .formatted(checkpoint, finished.getAsLong(), events, upTo(committed), appId));
    }
  }

  private static String upTo(OptionalLong batch) {
    return batch.isEmpty() ? "has none" : "only up to " + batch.getAsLong();
  }
}
