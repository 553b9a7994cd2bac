// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;

/** A query until its end, be it its own or on request. */
final class RunningQuery {

  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final long POLL_MILLIS = 100;

  private final StreamingQuery query;
  private final ProgressFeed feed;

  RunningQuery(StreamingQuery query, ProgressFeed feed) {
    this.query = query;
    this.feed = feed;
  }

  /**
   * Waits for the end.
   *
   * @param stop ends the query when made: at once between two batches, else with the running batch
   *     if that takes less than 30 s, else in the middle, which the next start repeats
   */
  void await(StopRequest stop) throws StreamingQueryException, TimeoutException {
    stop.heed();
    while (!query.awaitTermination(POLL_MILLIS)) {
      if (stop.isMade()) {
        finishBatch();
        query.stop();
        return;
      }
    }
  }

  private void finishBatch() throws StreamingQueryException {
    long batch = feed.last().batch();
    long end = System.nanoTime() + GRACE.toNanos();
    while (query.status().isTriggerActive()
        && feed.last().batch() == batch
        && System.nanoTime() < end) {
      if (query.awaitTermination(POLL_MILLIS)) {
        return;
      }
    }
  }
}
