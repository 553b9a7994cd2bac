// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import dev.billion.sink.SinkException;
import dev.billion.sink.read.BatchRanges;
import dev.billion.sink.table.SinkTable;
import dev.billion.sink.table.TableLayout;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;

/**
 * From a Kafka topic into a Delta table, each record exactly once: what is an event becomes a row
 * of the events table, everything else a row of the dead-letter table.
 */
public final class Sink {

  private static final Duration LAST_WORDS = Duration.ofSeconds(10);

  private final SparkSession spark;
  private final SinkSettings settings;
  private final Clock clock;
  private final Observer observer;

  /**
   * @param observer is told what the sink does
   */
  public Sink(SparkSession spark, SinkSettings settings, Clock clock, Observer observer) {
    this.spark = spark;
    this.settings = settings;
    this.clock = clock;
    this.observer = observer;
  }

  /**
   * Runs until the topic is drained or a stop is requested.
   *
   * @param watcher is told after every batch, from another thread
   * @throws SinkException if something that the sink needs is not there or not usable at the start
   * @throws StreamingQueryException if a batch fails; nothing is lost, the next start repeats it
   */
  public Summary run(StopRequest stop, Consumer<Progress> watcher)
      throws StreamingQueryException, TimeoutException, InterruptedException {
    try (Brokers brokers = new Brokers(settings)) {
      Checkpoint checkpoint =
          new Checkpoint(settings.checkpoint(), spark.sparkContext().hadoopConfiguration());
      try (CheckpointLock lock = checkpoint.localPath().map(CheckpointLock::acquire).orElse(null);
          LagFeed lag = new LagFeed(brokers, settings, observer);
          RegistryFeed registry =
              observer == Observer.NONE ? null : new RegistryFeed(settings.registry(), observer)) {
        return run(stop, watcher, checkpoint, brokers);
      }
    }
  }

  private Summary run(
      StopRequest stop, Consumer<Progress> watcher, Checkpoint checkpoint, Brokers brokers)
      throws StreamingQueryException, TimeoutException, InterruptedException {
    SinkTable deadLetters = new SinkTable(spark, settings.deadLetters(), TableLayout.DEAD_LETTERS);
    deadLetters.createIfAbsent();
    EventSchema schema = EventSchema.open(spark, settings);
    SinkTable events = schema.table();
    TableOffsets offsets = new TableOffsets(events, settings.appId(), settings.topic());
    Beginning beginning = new Beginning(checkpoint, events, deadLetters, settings.appId());
    if (settings.fromTable()) {
      beginning.fromTable(offsets.next(), brokers.partitions(settings.topic()));
    }
    Origin origin = beginning.requireMatch();
    GroupOffsets group = new GroupOffsets(brokers, settings.group());
    KafkaOffsets next =
        checkpoint.lastFinished().isPresent()
            ? KafkaOffsets.parse(checkpoint.endOffsets(checkpoint.lastFinished().getAsLong()))
            : origin.start();
    group.commit(next);
    observer.next(next.byPartition());

    BatchCommit commit =
        new BatchCommit(
            spark, schema, deadLetters, offsets, brokers, origin, settings, clock, observer);
    ProgressFeed feed = new ProgressFeed(commit, group, observer, watcher);
    CheckpointFiles.choose(settings.checkpoint(), spark);
    spark.streams().addListener(feed);
    try {
      Instant began = clock.instant();
      new RunningQuery(start(commit, checkpoint, start(origin, brokers)), feed).await(stop);
      feed.awaitLast(LAST_WORDS);
      return new Summary(commit.total(), Duration.between(began, clock.instant()));
    } finally {
      spark.streams().removeListener(feed);
    }
  }

  /** Where a checkpoint without batches begins, in Spark's words. */
  private String start(Origin origin, Brokers brokers) throws InterruptedException {
    if (origin.start().byPartition().isEmpty()) {
      return settings.from().name().toLowerCase(Locale.ROOT);
    }
    return origin.start().orEarliest(brokers.partitions(settings.topic())).tree().toString();
  }

  private StreamingQuery start(BatchCommit commit, Checkpoint checkpoint, String start)
      throws TimeoutException {
    VoidFunction2<Dataset<Row>, Long> commitBatch =
        (batch, id) ->
            commit.commit(BatchRanges.of(batch), KafkaOffsets.parse(checkpoint.endOffsets(id)), id);
    return KafkaSource.open(spark, settings, start)
        .writeStream()
        .queryName("billion-sink")
        .option("checkpointLocation", settings.checkpoint())
        .trigger(
            settings.drain()
                ? Trigger.AvailableNow()
                : Trigger.ProcessingTime(settings.trigger().toMillis()))
        .foreachBatch(commitBatch)
        .start();
  }
}
