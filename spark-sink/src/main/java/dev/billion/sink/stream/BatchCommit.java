// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import dev.billion.sink.read.BatchRanges;
import dev.billion.sink.read.OffsetRange;
import dev.billion.sink.table.SinkTable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;

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

  private final JavaSparkContext spark;
  private final SinkTable events;
  private final SinkTable deadLetters;
  private final SinkSettings settings;
  private final Clock clock;
  private final Observer observer;
  private final long lastEvents;
  private final long lastDeadLetters;
  private final AtomicReference<BatchCount> total = new AtomicReference<>(BatchCount.NONE);

  BatchCommit(
      JavaSparkContext spark,
      SinkTable events,
      SinkTable deadLetters,
      SinkSettings settings,
      Clock clock,
      Observer observer) {
    this.spark = spark;
    this.events = events;
    this.deadLetters = deadLetters;
    this.settings = settings;
    this.clock = clock;
    this.observer = observer;
    this.lastEvents = events.lastVersion(settings.appId()).orElse(-1);
    this.lastDeadLetters = deadLetters.lastVersion(settings.appId()).orElse(-1);
  }

  /**
   * @param ranges what the batch reads
   * @param batch its id
   */
  void commit(List<OffsetRange> ranges, long batch) {
    if (batch <= lastEvents) {
      return; // done by the process before this one, which ended before it could tell Spark
    }
    observer.began();
    boolean settled = batch <= lastDeadLetters;
    Instant began = clock.instant();
    BatchFiles files =
        write(ranges, batch, settled ? DeadLetterPlaces.of(deadLetters, ranges) : null);
    Instant written = tell(Phase.WRITE, began);
    if (!files.deadLetters().isEmpty()) {
      deadLetters.commit(files.deadLetters(), settings.appId(), batch);
    }
    Instant settling = tell(Phase.DEAD_LETTERS, written);
    events.commit(files.events(), settings.appId(), batch);
    tell(Phase.EVENTS, settling);
    total.accumulateAndGet(files.count(), BatchCount::plus);
    observer.committed(batch, files);
  }

  private Instant tell(Phase phase, Instant began) {
    Instant ended = clock.instant();
    observer.took(phase, Duration.between(began, ended));
    return ended;
  }

  /** What has been committed so far. Safe to ask from any thread. */
  BatchCount total() {
    return total.get();
  }

  /**
   * Writes the files of a batch, as many as there are cores: not one per partition of the topic.
   *
   * @param settled where the batch's dead letters are that were committed before, null if none were
   */
  BatchFiles write(List<OffsetRange> ranges, long batch, DeadLetterPlaces settled) {
    List<List<OffsetRange>> shares = BatchRanges.share(ranges, spark.defaultParallelism());
    if (shares.isEmpty()) {
      return BatchFiles.NONE;
    }
    BatchTask task =
        new BatchTask(
            batch,
            ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()),
            KafkaSource.client(settings),
            settings.registry(),
            settings.table(),
            settings.deadLetters(),
            settled,
            new SerializableConfiguration(spark.hadoopConfiguration()));
    return spark.parallelize(shares, shares.size()).map(task).collect().stream()
        .reduce(BatchFiles.NONE, BatchFiles::plus);
  }
}
