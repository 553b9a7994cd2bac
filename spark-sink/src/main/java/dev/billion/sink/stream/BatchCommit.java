// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import dev.billion.sink.SinkException;
import dev.billion.sink.table.SinkTable;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Commits a batch to both tables, exactly once.
 *
 * <p>Spark repeats a batch that did not finish, with the same id and the same offsets. Each table
 * takes a batch id of this sink once, so that a repetition adds only what is missing, provided that
 * the events come last: a batch whose events are there is whole. The other way round a crash in
 * between would leave dead letters out for good. A batch without dead letters makes no commit to
 * their table; its repetition decodes the same records and has none either. The events are
 * committed even when there are none, so that their table always knows the last batch.
 */
final class BatchCommit {

  private final SinkTable events;
  private final SinkTable deadLetters;
  private final String appId;
  private final Clock clock;
  private final long lastEvents;
  private final long lastDeadLetters;
  private final AtomicReference<BatchCount> total = new AtomicReference<>(BatchCount.NONE);

  BatchCommit(SinkTable events, SinkTable deadLetters, String appId, Clock clock) {
    this.events = events;
    this.deadLetters = deadLetters;
    this.appId = appId;
    this.clock = clock;
    this.lastEvents = events.lastVersion(appId).orElse(-1);
    this.lastDeadLetters = deadLetters.lastVersion(appId).orElse(-1);
  }

  /**
   * @param kafka the rows of Spark's Kafka source
   * @param batch their batch id
   */
  void commit(Dataset<Row> kafka, long batch) {
    if (batch <= lastEvents) {
      return; // done by the process before this one, which ended before it could tell Spark
    }
    int cores = kafka.sparkSession().sparkContext().defaultParallelism();
    DecodedBatch decoded = new DecodedBatch(kafka, cores, batch, clock.instant());
    BatchCount count = decoded.count();
    Dataset<Row> rows = decoded.events();
    if (batch <= lastDeadLetters) {
      rows = withoutDeadLetters(decoded, batch);
    } else if (count.deadLetters() > 0) {
      deadLetters.append(decoded.deadLetters(), appId, batch);
    }
    events.append(rows, appId, batch);
    total.accumulateAndGet(count, BatchCount::plus);
  }

  /** What has been committed so far. Safe to ask from any thread. */
  BatchCount total() {
    return total.get();
  }

  /**
   * The events of a batch whose dead letters the process before this one committed. The registry
   * may know more by now, or less: what is a dead letter stays one and is no event, and the batch
   * waits for a registry that lost schemas.
   */
  private Dataset<Row> withoutDeadLetters(DecodedBatch decoded, long batch) {
    Dataset<Row> there = deadLetters.rows();
    if (!decoded.deadLettersExcept(there).isEmpty()) {
      throw new SinkException(
          "batch %d has more dead letters than before the restart (valid: a registry with all schemas it had)"
              .formatted(batch));
    }
    return decoded.eventsExcept(there);
  }
}
