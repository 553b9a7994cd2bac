// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.verify;

import dev.billion.sink.SinkException;
import dev.billion.sink.table.SinkTable;
import java.util.Collection;
import java.util.Iterator;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * Proves from the tables alone, or from them and what the producers say, that every event is there
 * once. It reads 16 bytes of each row and never shuffles them, only bit sets of what was seen.
 */
public final class Verifier {

  private final SinkTable events;
  private final SinkTable deadLetters;
  private final SinkTable gaps;

  /**
   * @param deadLetters may be absent, which is as good as empty
   * @param gaps may be absent, which is as good as empty
   */
  public Verifier(SinkTable events, SinkTable deadLetters, SinkTable gaps) {
    this.events = events;
    this.deadLetters = deadLetters;
    this.gaps = gaps;
  }

  /**
   * @param sent what the producers say, empty if nobody asked them
   * @throws SinkException if there is no events table
   */
  public Proof verify(Collection<SentRun> sent) {
    if (!events.exists()) {
      throw new SinkException(
          "no table at %s (valid: the events table of a sink)".formatted(events));
    }
    if (!events.has("event_id")) {
      throw new SinkException(
          "table %s has no event_id to verify by (valid: a table of UserEvent)".formatted(events));
    }
    JavaPairRDD<BucketKey, Bucket> buckets = buckets(events.columns("event_id"), true);
    if (deadLetters.exists()) {
      buckets = buckets.union(buckets(deadLetters.columns("value"), false));
    }
    Audit audit = new Audit(sent);
    Iterator<Tuple2<BucketKey, Bucket>> merged =
        buckets.reduceByKey(Bucket::merge).toLocalIterator();
    merged.forEachRemaining(bucket -> audit.add(bucket._1(), bucket._2()));
    return deadLetters.exists() ? countDeadLetters(audit) : audit.proof(0, 0, lostOffsets());
  }

  /** Not by a query: planning and compiling one costs more than it does, as there are few. */
  private Proof countDeadLetters(Audit audit) {
    JavaRDD<Long> copies =
        deadLetters
            .columns("topic", "partition", "offset")
            .toJavaRDD()
            .mapToPair(row -> new Tuple2<>(row, 1L))
            .reduceByKey(Long::sum)
            .values();
    long places = copies.count();
    long rows = copies.fold(0L, Long::sum);
    return audit.proof(rows, rows - places, lostOffsets());
  }

  private long lostOffsets() {
    return gaps.exists()
        ? gaps.columns("from_offset", "until_offset")
            .toJavaRDD()
            .map(row -> row.getLong(1) - row.getLong(0))
            .fold(0L, Long::sum)
        : 0;
  }

  private static JavaPairRDD<BucketKey, Bucket> buckets(Dataset<Row> column, boolean isEvent) {
    return column
        .as(Encoders.BINARY())
        .toJavaRDD()
        .mapPartitionsToPair(
            rows -> new TallyIterator(rows, isEvent ? Tally::addEvent : Tally::addDeadLetter));
  }
}
