// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.scan;

import java.util.Arrays;
import org.apache.parquet.column.values.bitpacking.BytePacker;
import org.apache.parquet.column.values.bitpacking.Packer;

/**
 * Reads small numbers: runs of equal ones by their length, all others as bits, in groups of eight.
 * For one thread.
 *
 * @see <a href="https://github.com/apache/parquet-format/blob/master/Encodings.md#RLE">Parquet
 *     encodings, run length and bit-packing hybrid</a>
 */
final class HybridDecoder {

  private static final int GROUP = 8;

  private ByteSource source;
  private int width;
  private BytePacker packer;
  private int value;
  private int equal; // so many more are that value
  private int groups; // so many more are packed
  private final int[] group = new int[GROUP];
  private int unread; // so many at the end of the group

  /**
   * @param width bits of each number
   */
  void begin(ByteSource source, int width) {
    this.source = source;
    this.width = width;
    packer = Packer.LITTLE_ENDIAN.newBytePacker(width);
    equal = 0;
    groups = 0;
    unread = 0;
  }

  /** Begins with the numbers' width, as entries of a dictionary do. */
  void begin(ByteSource source) {
    begin(source, source.readByte());
  }

  /** Reads so many numbers if they are all this one and in one run, else none. */
  boolean skip(int number, int count) {
    if (equal == 0 && groups == 0 && unread == 0) {
      beginRun();
    }
    if (equal < count || value != number) {
      return false;
    }
    equal -= count;
    return true;
  }

  void read(int[] target, int count) {
    int done = 0;
    while (done < count) {
      int want = count - done;
      int got;
      if (equal > 0) {
        got = Math.min(equal, want);
        Arrays.fill(target, done, done + got, value);
        equal -= got;
      } else if (unread > 0) {
        got = Math.min(unread, want);
        System.arraycopy(group, GROUP - unread, target, done, got);
        unread -= got;
      } else if (groups > 0 && want >= GROUP && source.left() >= width) {
        got = unpack(target, done, Math.min(groups, want / GROUP));
      } else {
        got = 0;
        if (groups > 0) {
          unpackGroup();
        } else {
          beginRun();
        }
      }
      done += got;
    }
  }

  private void beginRun() {
    int header = (int) source.readVarint();
    if (width == 0) { // packed or not, all are 0
      equal = (header & 1) == 0 ? header >>> 1 : (header >>> 1) * GROUP;
      value = 0;
    } else if ((header & 1) == 0) {
      equal = header >>> 1;
      value = source.readInt((width + Byte.SIZE - 1) / Byte.SIZE);
    } else {
      groups = header >>> 1;
    }
  }

  private int unpack(int[] target, int from, int most) {
    int count = Math.min(most, source.left() / width);
    int at = source.at();
    for (int i = 0; i < count; i++) {
      packer.unpack8Values(source.array(), at, target, from + i * GROUP);
      at += width; // bits of a number are bytes of a group
    }
    source.skip(count * width);
    groups -= count;
    return count * GROUP;
  }

  /** The last group of a page may be cut off. */
  private void unpackGroup() {
    int from = source.at();
    byte[] bytes = Arrays.copyOfRange(source.array(), from, from + width);
    packer.unpack8Values(bytes, 0, group, 0);
    source.skip(Math.min(width, source.left()));
    unread = GROUP;
    groups--;
  }
}
