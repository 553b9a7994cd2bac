// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import dev.billion.sink.SinkException;
import dev.billion.sink.read.BatchRanges;
import dev.billion.sink.read.OffsetRange;
import dev.billion.sink.table.SinkTable;
import dev.billion.sink.table.TableLayout;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Commits a batch to both tables, exactly once.
 *
 * <p>Spark repeats a batch that did not finish, with the same id and the same offsets. Each table
 * takes a batch id of this sink once, so that a repetition adds only what is missing, provided that
 * the events come last: a batch whose events are there is whole. The other way round a crash in
 * between would leave dead letters out for good. A batch without dead letters makes no commit to
 * their table; its repetition decodes the same records and has none either. The events are
 * committed even when there are none, so that their table always knows the last batch and, set by
 * the same commit, its offsets. Where the next batch begins is decided by those.
 *
 * <p>Records that Kafka has deleted fail the batch; if that is wanted, it goes on without them, and
 * the gap is recorded before anything else is committed.
 */
final class BatchCommit {

  private final JavaSparkContext spark;
  private final Broadcast<SerializableConfiguration> hadoop; // for tasks
  private final EventSchema schema;
  private final SinkTable events;
  private final SinkTable deadLetters;
  private final Gaps gaps;
  private final TableOffsets offsets;
  private final Brokers brokers;
  private final Origin origin;
  private final SinkSettings settings;
  private final Clock clock;
  private final Observer observer;
  private final long lastDeadLetters;
  private final AtomicReference<BatchCount> total = new AtomicReference<>(BatchCount.NONE);

  BatchCommit(
      SparkSession spark,
      EventSchema schema,
      SinkTable deadLetters,
      TableOffsets offsets,
      Brokers brokers,
      Origin origin,
      SinkSettings settings,
      Clock clock,
      Observer observer) {
    this.spark = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.hadoop =
        this.spark.broadcast(new SerializableConfiguration(this.spark.hadoopConfiguration()));
    this.schema = schema;
    this.events = schema.table();
    this.deadLetters = deadLetters;
    this.gaps = new Gaps(new SinkTable(spark, settings.gaps(), TableLayout.GAPS));
    this.offsets = offsets;
    this.brokers = brokers;
    this.origin = origin;
    this.settings = settings;
    this.clock = clock;
    this.observer = observer;
    this.lastDeadLetters = deadLetters.lastVersion(settings.appId()).orElse(-1);
  }

  /**
   * @param planned what Spark would read for the batch
   * @param end where the batch ends in every partition
   * @param batch its id
   */
  void commit(List<OffsetRange> planned, KafkaOffsets end, long batch) throws InterruptedException {
    long version = origin.version(batch);
    if (version <= offsets.version()) {
      return; // done by the process before this one, which ended before it could tell Spark
    }
    requireNext(version);
    observer.began();
    List<OffsetRange> due = offsets.due(planned, end);
    DeadLetterPlaces settled = settled(due, version);
    Instant began = clock.instant();
    List<OffsetRange> left = due;
    BatchFiles files = null;
    while (files == null) {
      try {
        BatchFiles written = write(left, batch, settled);
        if (written.wider() == null) {
          files = written;
        } else {
          written.discard(spark.hadoopConfiguration());
          schema.widen(written.wider());
        }
      } catch (Exception e) {
        List<OffsetRange> less = left(left, e);
        if (less.equals(left)) {
          throw e;
        }
        left = less;
      }
    }
    Instant written = tell(Phase.WRITE, began);
    List<OffsetRange> gone = Retention.gone(due, left);
    gaps.record(gone, version, clock.instant());
    if (!files.deadLetters().isEmpty()) {
      deadLetters.commit(files.deadLetters(), settings.appId(), version, Map.of());
    }
    Instant settling = tell(Phase.DEAD_LETTERS, written);
    events.commit(files.events(), settings.appId(), version, offsets.versions(end));
    tell(Phase.EVENTS, settling);
    offsets.advance(end, version);
    long lost = gone.stream().mapToLong(range -> range.until() - range.from()).sum();
    total.accumulateAndGet(files.count(lost), BatchCount::plus);
    observer.committed(batch, files);
    observer.lost(lost);
  }

  /** A sink beside this one would have moved the offsets, of which this one does not know. */
  private void requireNext(long version) {
    if (version != offsets.version() + 1 && version != origin.version(0)) {
      throw new SinkException(
          "table %s was at batch %d of '%s' and is to go on with %d: another sink writes to it (valid: one sink per table and app id)"
              .formatted(events, offsets.version(), settings.appId(), version));
    }
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

  private DeadLetterPlaces settled(List<OffsetRange> ranges, long version) {
    boolean complete = version <= lastDeadLetters;
    return complete || origin.mayHaveDeadLetters(ranges)
        ? DeadLetterPlaces.of(deadLetters, ranges, complete)
        : null;
  }

  /** What there is still to read after a failure: less than before if retention was its cause. */
  private List<OffsetRange> left(List<OffsetRange> ranges, Exception failure)
      throws InterruptedException {
    return settings.onDataLoss() == SinkSettings.OnDataLoss.CONTINUE && Retention.isCauseOf(failure)
        ? Retention.left(
            ranges, brokers.firstOffsets(ranges.stream().map(OffsetRange::topicPartition).toList()))
        : ranges;
  }

  /**
   * Writes the files of a batch, as many as there are cores: not one per partition of the topic.
   *
   * @param settled where dead letters are that were committed before, null if none were
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
            schema.layout().schema().toString(),
            (settled == null || !settled.complete()) && !schema.ignoresMore(),
            settings.table(),
            settings.deadLetters(),
            settled,
            hadoop);
    return spark.parallelize(shares, shares.size()).map(task).collect().stream()
        .reduce(BatchFiles.NONE, BatchFiles::plus);
  }
}
