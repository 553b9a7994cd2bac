// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.parquet;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** A column of numbers of 64 or 32 bits. For one thread. */
public final class NumberColumn extends Column {

  private final boolean narrow;
  private final boolean hasStatistics;
  private final NumberDictionary dictionary;
  private final long[] numbers = new long[PAGE_ROWS];
  private long least = Long.MAX_VALUE;
  private long greatest = Long.MIN_VALUE;

  /**
   * @param hasStatistics whether the file says the least and greatest value of each page
   * @param dictionary null to go without
   */
  NumberColumn(
      ColumnDescriptor descriptor, boolean hasStatistics, NumberDictionary dictionary, Zstd zstd) {
    super(descriptor, dictionary, zstd);
    this.narrow = isNarrow(descriptor);
    this.hasStatistics = hasStatistics;
    this.dictionary = dictionary;
  }

  static boolean isNarrow(ColumnDescriptor descriptor) {
    return descriptor.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT32;
  }

  /** The row's value. */
  public void add(long value) {
    if (hasStatistics) {
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
    if (usesDictionary()) {
      add(dictionary.entryOf(value));
    } else {
      numbers[values()] = value;
    }
    endValue();
  }

  @Override
  Encoding encodeValues(Bytes target) {
    DeltaEncoding.encode(numbers, values(), narrow, target);
    return Encoding.DELTA_BINARY_PACKED;
  }

  @Override
  Statistics<?> endStatistics(int nulls) {
    if (!hasStatistics) {
      return null;
    }
    Statistics<?> statistics = Statistics.createStats(descriptor().getPrimitiveType());
    statistics.incrementNumNulls(nulls);
    if (least <= greatest) {
      update(statistics, least);
      update(statistics, greatest);
    }
    least = Long.MAX_VALUE;
    greatest = Long.MIN_VALUE;
    return statistics;
  }

  private void update(Statistics<?> statistics, long value) {
    if (narrow) {
      statistics.updateStats((int) value);
    } else {
      statistics.updateStats(value);
    }
  }
}
