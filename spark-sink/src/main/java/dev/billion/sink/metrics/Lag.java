// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.metrics;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the sink is behind its topic, as of the last time that the brokers said where it ends.
 * Safe for use by several threads.
 */
final class Lag {

  private final Clock clock;
  private final Map<TopicPartition, Long> next = new HashMap<>();
  private Map<TopicPartition, Long> ends = Map.of();
  private long looked;
  private long caughtUp = -1;
  private long newest = -1;

  Lag(Clock clock) {
    this.clock = clock;
  }

  /** Where partitions are read from of which nothing else is known. */
  synchronized void begins(Map<TopicPartition, Long> offsets) {
    offsets.forEach(next::putIfAbsent);
  }

  synchronized void next(Map<TopicPartition, Long> offsets) {
    next.putAll(offsets);
    noticeCaughtUp();
  }

  synchronized void ends(Map<TopicPartition, Long> offsets) {
    ends = Map.copyOf(offsets);
    looked = clock.millis();
    noticeCaughtUp();
  }

  /**
   * Records are committed.
   *
   * @param timestamp the newest Kafka timestamp of them, in ms since 1970
   */
  synchronized void committed(long timestamp) {
    newest = Math.max(newest, timestamp);
  }

  /** Offsets from each partition's next one to its end; empty where the ends are unknown. */
  synchronized Map<Integer, Long> byPartition() {
    Map<Integer, Long> behind = new HashMap<>();
    ends.forEach(
        (partition, end) ->
            behind.put(partition.partition(), Math.max(0, end - next.getOrDefault(partition, 0L))));
    return behind;
  }

  /** All of them, or NaN where the ends are unknown. */
  synchronized double records() {
    return ends.isEmpty()
        ? Double.NaN
        : byPartition().values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * 0 if nothing waits. Else the age of the newest committed record, but never more than the time
   * since nothing waited: a topic that was quiet for an hour is not an hour behind with its next
   * record. NaN where that is unknown.
   */
  synchronized double seconds() {
    double records = records();
    if (records > 0) {
      long since = Math.max(newest, caughtUp);
      return since < 0
          ? Double.NaN
          : Math.max(0, clock.millis() - since) / (double) TimeUnit.SECONDS.toMillis(1);
    }
    return records;
  }

  /** What was there at the last look is committed. What has come since may not be. */
  private void noticeCaughtUp() {
    if (records() == 0) {
      caughtUp = looked;
    }
  }
}
