// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.read;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.Partition;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.datasources.v2.DataSourceRDDPartition;
import org.apache.spark.sql.kafka010.KafkaBatchInputPartition;
import org.apache.spark.sql.kafka010.KafkaOffsetRange;

/**
 * What Spark has planned to read in a batch. Spark decides which offsets a batch has and remembers
 * that; reading them is left to {@link RangeReader}, which takes a fraction of the time. There is
 * no public way to the offsets: this class alone knows Spark's own classes, of the version in the
 * pom.
 */
public final class BatchRanges {

  private BatchRanges() {}

  /**
   * The ranges of a batch, one for each partition that has new records.
   *
   * @param batch rows of Spark's Kafka source as {@code foreachBatch} gives them
   */
  public static List<OffsetRange> of(Dataset<Row> batch) {
    List<OffsetRange> ranges = new ArrayList<>();
    for (Partition partition : batch.queryExecution().toRdd().partitions()) {
      var planned = ((DataSourceRDDPartition) partition).inputPartition();
      if (planned.isDefined()) {
        KafkaOffsetRange range = ((KafkaBatchInputPartition) planned.get()).offsetRange();
        ranges.add(
            new OffsetRange(
                range.topicPartition().topic(),
                range.topicPartition().partition(),
                range.fromOffset(),
                range.untilOffset()));
      }
    }
    return ranges;
  }

  /**
   * The same ranges cut into shares, a partition always in the same: its consumer has read ahead.
   */
  public static List<List<OffsetRange>> share(List<OffsetRange> ranges, int shares) {
    List<List<OffsetRange>> cut = new ArrayList<>();
    for (int i = 0; i < shares; i++) {
      cut.add(new ArrayList<>());
    }
    for (OffsetRange range : ranges) {
      cut.get(range.partition() % shares).add(range);
    }
    cut.removeIf(List::isEmpty);
    return cut;
  }
}
