// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.scan;

import java.util.Arrays;
import org.apache.parquet.column.values.bitpacking.BytePackerForLong;
import org.apache.parquet.column.values.bitpacking.Packer;

/**
 * Reads numbers by what each is more than the one before. For one thread.
 *
 * @see <a href="https://github.com/apache/parquet-format/blob/master/Encodings.md#DELTAENC">Parquet
 *     encodings, delta binary packed</a>
 */
final class DeltaDecoder {

  private static final int PACKED = 32; // values that are unpacked together

  private ByteSource source;
  private int[] widths;
  private long[] group = new long[0];
  private int next; // in the group
  private int nextGroup; // in the block
  private long least;
  private long last;
  private boolean isFirst;

  void begin(ByteSource source) {
    this.source = source;
    int block = (int) source.readVarint();
    widths = new int[(int) source.readVarint()];
    int size = block / widths.length;
    if (size % PACKED != 0) {
      throw new IllegalArgumentException(
          "groups of %d differences (valid: a multiple of %d)".formatted(size, PACKED));
    }
    if (group.length != size) {
      group = new long[size];
    }
    next = size;
    nextGroup = widths.length;
    source.readVarint(); // how many there are
    last = source.readZigzag();
    isFirst = true;
  }

  void read(long[] target, int count) {
    int done = 0;
    if (isFirst && count > 0) {
      target[done++] = last;
      isFirst = false;
    }
    while (done < count) {
      if (next == group.length) {
        beginGroup();
      }
      int got = Math.min(count - done, group.length - next);
      long number = last;
      for (int i = 0; i < got; i++) {
        number += least + group[next + i];
        target[done + i] = number;
      }
      last = number;
      next += got;
      done += got;
    }
  }

  private void beginGroup() {
    if (nextGroup == widths.length) {
      least = source.readZigzag();
      for (int i = 0; i < widths.length; i++) {
        widths[i] = source.readByte();
      }
      nextGroup = 0;
    }
    int width = widths[nextGroup++];
    if (width == 0) {
      Arrays.fill(group, 0);
    } else {
      unpack(Packer.LITTLE_ENDIAN.newBytePackerForLong(width));
    }
    next = 0;
  }

  private void unpack(BytePackerForLong packer) {
    for (int i = 0; i < group.length; i += PACKED) {
      packer.unpack32Values(source.array(), source.at(), group, i);
      source.skip(packer.getBitWidth() * PACKED / Byte.SIZE);
    }
  }
}
