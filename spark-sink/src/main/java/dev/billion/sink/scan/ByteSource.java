// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.scan;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.bytes.ByteBufferInputStream;

/** A position in bytes, numbers little-endian as in all of Parquet. For one thread. */
final class ByteSource {

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private final int end;
  private int at;

  ByteSource(byte[] bytes, int from, int until) {
    this.bytes = bytes;
    this.at = from;
    this.end = until;
  }

  /** The next so many bytes, which this goes on after. */
  ByteSource slice(int count) {
    at += count;
    return new ByteSource(bytes, at - count, at);
  }

  byte[] array() {
    return bytes;
  }

  int at() {
    return at;
  }

  void skip(int count) {
    at += count;
  }

  int left() {
    return end - at;
  }

  ByteBufferInputStream stream() {
    return ByteBufferInputStream.wrap(ByteBuffer.wrap(bytes, at, left()));
  }

  int readByte() {
    return bytes[at++] & 0xFF;
  }

  int readInt() {
    int value = (int) INTS.get(bytes, at);
    at += Integer.BYTES;
    return value;
  }

  /** A number of so many bytes, four at most. */
  int readInt(int width) {
    int value = 0;
    for (int i = 0; i < width; i++) {
      value |= readByte() << Byte.SIZE * i;
    }
    return value;
  }

  /** A number without sign, seven bits a byte, the lowest first. */
  long readVarint() {
    long value = 0;
    int shift = 0;
    int part;
    do {
      part = readByte();
      value |= (long) (part & 0x7F) << shift;
      shift += 7;
    } while (part > 0x7F);
    return value;
  }

  /** A number whose lowest bit is its sign. */
  long readZigzag() {
    long value = readVarint();
    return value >>> 1 ^ -(value & 1);
  }
}
