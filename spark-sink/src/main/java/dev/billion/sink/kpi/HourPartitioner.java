// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

import java.util.Objects;
import org.apache.spark.Partitioner;

/** Gives an hour to one task by its minutes, so that these are neighbours in their files. */
final class HourPartitioner extends Partitioner {

  private static final long serialVersionUID = 1L;
  private static final long MICROS_OF_HOUR = 3_600_000_000L;

  private final int partitions;

  HourPartitioner(int partitions) {
    this.partitions = partitions;
  }

  @Override
  public int numPartitions() {
    return partitions;
  }

  @Override
  public int getPartition(Object minute) {
    long hour = Math.floorDiv((Long) minute, MICROS_OF_HOUR);
    return (int) Math.floorMod(hour, (long) partitions);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HourPartitioner same && same.partitions == partitions;
  }

  @Override
  public int hashCode() {
    return Objects.hash(partitions);
  }
}
