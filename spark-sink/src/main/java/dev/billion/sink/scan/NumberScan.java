// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.scan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** A column of whole numbers, or of times, which are microseconds since 1970. For one thread. */
public final class NumberScan extends ColumnScan {

  private static final long JULIAN_DAY_OF_1970 = 2_440_588;
  private static final long MICROS_OF_DAY = 86_400_000_000L;
  private static final long MICROS_OF_MILLI = 1_000;
  private static final long NANOS_OF_MICRO = 1_000;

  private final long[] values = new long[FlatScan.BLOCK];
  private final int[] entries = new int[FlatScan.BLOCK];
  private final HybridDecoder entryDecoder = new HybridDecoder();
  private final DeltaDecoder deltaDecoder = new DeltaDecoder();
  private ColumnDescriptor column;
  private PrimitiveTypeName type;
  private long unit; // in which numbers are written
  private long[] dictionary;
  private Values page;

  public NumberScan(String name) {
    super(name);
  }

  /** Of each row of the block, 0 where it has none. */
  public long[] values() {
    return values;
  }

  @Override
  void beginRowGroup(ColumnDescriptor column, Dictionary encoded) {
    this.column = column;
    type = column.getPrimitiveType().getPrimitiveTypeName();
    unit = unit(column.getPrimitiveType());
    dictionary = new long[encoded == null ? 0 : encoded.getMaxId() + 1];
    for (int entry = 0; entry < dictionary.length; entry++) {
      dictionary[entry] = number(encoded, entry);
    }
  }

  @Override
  void beginPage(Encoding encoding, int rows, ByteSource source) throws IOException {
    if (encoding.usesDictionary()) {
      entryDecoder.begin(source);
      page = this::readEntries;
    } else if (encoding == Encoding.DELTA_BINARY_PACKED) {
      deltaDecoder.begin(source);
      page = type == PrimitiveTypeName.INT32 ? this::readNarrowDeltas : deltaDecoder::read;
    } else {
      ValuesReader reader = encoding.getValuesReader(column, ValuesType.VALUES);
      reader.initFromPage(rows, source.stream());
      page = (target, count) -> readOneByOne(reader, target, count);
    }
  }

  @Override
  void readValues(int count) {
    page.read(values, count);
    if (unit != 1) {
      for (int i = 0; i < count; i++) {
        values[i] *= unit;
      }
    }
  }

  @Override
  void spread(int[] levels, int rows, int count) {
    int value = count;
    for (int row = rows - 1; row >= 0; row--) {
      value -= levels[row];
      values[row] = levels[row] == 0 ? 0 : values[value];
    }
  }

  private void readEntries(long[] target, int count) {
    entryDecoder.read(entries, count);
    for (int i = 0; i < count; i++) {
      target[i] = dictionary[entries[i]];
    }
  }

  private void readNarrowDeltas(long[] target, int count) {
    deltaDecoder.read(target, count);
    for (int i = 0; i < count; i++) {
      target[i] = (int) target[i];
    }
  }

  private void readOneByOne(ValuesReader reader, long[] target, int count) {
    for (int i = 0; i < count; i++) {
      target[i] =
          switch (type) {
            case INT64 -> reader.readLong();
            case INT32 -> reader.readInteger();
            default -> micros(reader.readBytes());
          };
    }
  }

  private long number(Dictionary encoded, int entry) {
    return switch (type) {
      case INT64 -> encoded.decodeToLong(entry);
      case INT32 -> encoded.decodeToInt(entry);
      default -> micros(encoded.decodeToBinary(entry));
    };
  }

  /** Of the old format of times: the nanosecond of a Julian day. */
  private static long micros(Binary time) {
    ByteBuffer bytes = time.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    long nanos = bytes.getLong();
    return (bytes.getInt() - JULIAN_DAY_OF_1970) * MICROS_OF_DAY + nanos / NANOS_OF_MICRO;
  }

  private static long unit(PrimitiveType type) {
    boolean isKnown =
        switch (type.getPrimitiveTypeName()) {
          case INT64, INT32, INT96 -> true;
          default -> false;
        };
    TimeUnit unit =
        type.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation time
            ? time.getUnit()
            : TimeUnit.MICROS;
    if (!isKnown || unit == TimeUnit.NANOS) {
      throw new IllegalArgumentException(
          "no number to be read: %s (valid: whole numbers, times in micro- or milliseconds)"
              .formatted(type));
    }
    return unit == TimeUnit.MILLIS ? MICROS_OF_MILLI : 1;
  }

  /** The values of a page. */
  private interface Values {

    /** Reads the next ones. */
    void read(long[] target, int count);
  }
}
