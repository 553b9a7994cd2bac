// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.spark.sql.streaming.SourceProgress;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import org.apache.spark.sql.streaming.StreamingQueryProgress;

/**
 * What Spark tells of a query, passed on after each batch: its end offsets to the consumer group
 * and the totals to whoever watches. Spark calls from one thread of its own, after the fact and in
 * order.
 */
final class ProgressFeed extends StreamingQueryListener {

  private static final long serialVersionUID = 1L;

  private final transient BatchCommit commit;
  private final transient GroupOffsets group;
  private final transient Observer observer;
  private final transient Consumer<Progress> watcher;
  private final transient AtomicReference<Progress> last = new AtomicReference<>(Progress.NONE);
  private final transient CountDownLatch terminated = new CountDownLatch(1);
  private long eventsBefore;

  ProgressFeed(
      BatchCommit commit, GroupOffsets group, Observer observer, Consumer<Progress> watcher) {
    this.commit = commit;
    this.group = group;
    this.observer = observer;
    this.watcher = watcher;
  }

  /** The progress as of the last batch. Safe to ask from any thread. */
  Progress last() {
    return last.get();
  }

  /** Waits until all that Spark had to tell of the query has been passed on. */
  boolean awaitLast(Duration deadline) throws InterruptedException {
    return terminated.await(deadline.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void onQueryStarted(QueryStartedEvent event) {}

  @Override
  public void onQueryProgress(QueryProgressEvent event) {
    StreamingQueryProgress batch = event.progress();
    SourceProgress source = batch.sources()[0];
    if (source.endOffset() == null) {
      return;
    }
    KafkaOffsets end = KafkaOffsets.parse(source.endOffset());
    group.commit(end);
    tell(end, batch);
    BatchCount total = commit.total();
    double seconds = Math.max(1, batch.batchDuration()) / 1e3;
    double rate = (total.events() - eventsBefore) / seconds;
    eventsBefore = total.events();
    long lag =
        source.latestOffset() == null ? 0 : end.behind(KafkaOffsets.parse(source.latestOffset()));
    last.set(new Progress(batch.batchId(), total, rate, lag));
    watcher.accept(last.get());
  }

  private void tell(KafkaOffsets end, StreamingQueryProgress batch) {
    observer.next(end.byPartition());
    observer.took(Phase.PLAN, sum(batch, "latestOffset", "getBatch", "queryPlanning"));
    observer.took(Phase.CHECKPOINT, sum(batch, "walCommit", "commitOffsets"));
    observer.finished(Duration.ofMillis(batch.batchDuration()));
  }

  private static Duration sum(StreamingQueryProgress batch, String... parts) {
    return Duration.ofMillis(
        Arrays.stream(parts).mapToLong(part -> batch.durationMs().getOrDefault(part, 0L)).sum());
  }

  @Override
  public void onQueryTerminated(QueryTerminatedEvent event) {
    terminated.countDown();
  }
}
