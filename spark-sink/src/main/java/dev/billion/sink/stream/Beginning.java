// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import dev.billion.sink.SinkException;
import dev.billion.sink.read.OffsetRange;
import dev.billion.sink.table.SinkTable;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/**
 * Whether checkpoint and table belong together, and where they go on. Each alone looks fine when
 * the other was deleted, restored from a backup or mistyped, but going on would lose records (their
 * batch ids are taken in the table) or double them.
 */
final class Beginning {

  private final Checkpoint checkpoint;
  private final SinkTable events;
  private final SinkTable deadLetters;
  private final String appId;

  Beginning(Checkpoint checkpoint, SinkTable events, SinkTable deadLetters, String appId) {
    this.checkpoint = checkpoint;
    this.events = events;
    this.deadLetters = deadLetters;
    this.appId = appId;
  }

  /**
   * Begins a checkpoint without batches where the table ends; one that has batches goes on by
   * itself, and a table without them needs none of this. It is kept with the checkpoint, so that
   * the next start goes on in the same way.
   *
   * @param next how far the table is
   * @param partitions those that the topic has
   * @throws SinkException if the table does not say how far it is, or has been of another topic
   */
  void fromTable(KafkaOffsets next, List<TopicPartition> partitions) {
    OptionalLong committed = events.lastVersion(appId);
    if (checkpoint.lastPlanned().isPresent() || committed.isEmpty()) {
      return;
    }
    Map<TopicPartition, Long> known = next.byPartition();
    if (known.isEmpty()) {
      throw new SinkException(
          "table %s has batches up to %d of '%s', but no offsets (valid: the checkpoint that belongs to the table, the topic it is of, or another table)"
              .formatted(events, committed.getAsLong(), appId));
    }
    if (!partitions.containsAll(known.keySet())) {
      throw new SinkException(
          "table %s has offsets of %s, the topic has %d partitions (valid: the topic that belongs to the table)"
              .formatted(events, known.keySet(), partitions.size()));
    }
    List<OffsetRange> ahead =
        partitions.stream().map(p -> range(p, known.getOrDefault(p, 0L))).toList();
    checkpoint.begin(
        new Origin(
            1 + Math.max(committed.getAsLong(), deadLetters.lastVersion(appId).orElse(-1)),
            next,
            DeadLetterPlaces.of(deadLetters, ahead, false).until()));
  }

  /**
   * Where the checkpoint began.
   *
   * @throws SinkException if the table has batches that the checkpoint does not know, or lacks some
   *     that the checkpoint says are done, or it is damaged
   */
  Origin requireMatch() {
    checkpoint.requireWhole();
    Origin origin = checkpoint.origin().orElse(Origin.NEW);
    OptionalLong committed = events.lastVersion(appId);
    long planned = origin.version(checkpoint.lastPlanned().orElse(-1));
    if (committed.orElse(-1) > planned) {
      throw new SinkException(
          "table %s has batches up to %d of '%s', checkpoint %s %s (valid: the checkpoint that belongs to the table, or another table; if it is lost, a new checkpoint and --from-table, which goes on from the offsets in the table)"
              .formatted(events, committed.getAsLong(), appId, checkpoint, upTo(planned)));
    }
    OptionalLong finished = checkpoint.lastFinished();
    if (finished.isPresent() && origin.version(finished.getAsLong()) > committed.orElse(-1)) {
      throw new SinkException(
          "checkpoint %s has finished batches up to %d, table %s %s of '%s' (valid: the table and app id that belong to the checkpoint, or another checkpoint)"
              .formatted(
                  checkpoint,
                  origin.version(finished.getAsLong()),
                  events,
                  upTo(committed.orElse(-1)),
                  appId));
    }
    return origin;
  }

  private static OffsetRange range(TopicPartition partition, long from) {
    return new OffsetRange(partition.topic(), partition.partition(), from, Long.MAX_VALUE);
  }

  private static String upTo(long version) {
    return version < 0 ? "has none" : "only up to " + version;
  }
}
