// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.parquet;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.IntStatistics;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** A column of numbers of 64 or 32 bits. For one thread. */
public final class NumberColumn extends Column {

  private final boolean narrow;
  private final NumberDictionary dictionary;

  NumberColumn(
      ColumnDescriptor descriptor, boolean hasStatistics, NumberDictionary dictionary, Zstd zstd) {
    super(descriptor, hasStatistics, dictionary, zstd);
    this.narrow = isNarrow(descriptor);
    this.dictionary = dictionary;
  }

  static boolean isNarrow(ColumnDescriptor descriptor) {
    return descriptor.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT32;
  }

  /** The row's value. */
  public void add(long value) {
    if (statistics() instanceof LongStatistics known) {
      known.updateStats(value);
    } else if (statistics() instanceof IntStatistics known) {
      known.updateStats((int) value);
    }
    if (usesDictionary()) {
      add(dictionary.entryOf(value));
    } else if (narrow) {
      plain().putInt((int) value);
    } else {
      plain().putLong(value);
    }
    endValue();
  }
}
