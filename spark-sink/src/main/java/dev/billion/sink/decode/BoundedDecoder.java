// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/**
 * Avro's binary encoding, read from a range of a byte array that may hold anything.
 *
 * <p>Avro's own decoder allocates what a length prefix asks for before it finds that the bytes are
 * not there, so that ten bytes can cost two gigabytes and the executor. This one compares every
 * length with what is left first, refuses varints that overflow and strings that are not UTF-8, and
 * lets the blocks of arrays and maps promise no more items in total than the record has bytes,
 * which bounds the time that a record can cost. Every refusal is a {@link NotDecodableException}
 * that names the position. Not safe for use by several threads.
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#binary-encoding">Avro
 *     specification, binary encoding</a>
 */
final class BoundedDecoder extends Decoder {

  private byte[] bytes = {};
  private int start;
  private int position;
  private int end;
  private long itemsLeft;

  /** Starts over on the bytes from {@code offset} to the end of the array. */
  void reset(byte[] value, int offset) {
    bytes = value;
    start = offset;
    position = offset;
    end = value.length;
    itemsLeft = (long) end - offset;
  }

  int remaining() {
    return end - position;
  }

  @Override
  public void readNull() {}

  @Override
  public boolean readBoolean() throws NotDecodableException {
    byte value = bytes[advance(1)];
    if (value != 0 && value != 1) {
      throw refused("boolean of value " + value);
    }
    return value == 1;
  }

  @Override
  public int readInt() throws NotDecodableException {
    long value = readLong();
    if (value != (int) value) {
      throw refused("int of value " + value);
    }
    return (int) value;
  }

  @Override
  public long readLong() throws NotDecodableException {
    if (position < end && bytes[position] >= 0) { // what nearly all lengths and indexes are
      int zigzag = bytes[position++];
      return zigzag >>> 1 ^ -(zigzag & 1);
    }
    return readVarint();
  }

  private long readVarint() throws NotDecodableException {
    long zigzag = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = bytes[advance(1)];
      zigzag |= (next & 0x7FL) << shift;
      if (next >= 0) {
        if (shift == 63 && next > 1) {
          throw refused("varint of more than 64 bits");
        }
        return zigzag >>> 1 ^ -(zigzag & 1);
      }
    }
    throw refused("varint of more than 10 bytes");
  }

  @Override
  public float readFloat() throws NotDecodableException {
    return littleEndian(Float.BYTES).getFloat();
  }

  @Override
  public double readDouble() throws NotDecodableException {
    return littleEndian(Double.BYTES).getDouble();
  }

  /** Makes a column the string that follows. */
  void readText(EventView event, int column) throws NotDecodableException {
    int length = readLength("string");
    int from = advance(length);
    if (!Utf8Check.isValid(bytes, from, length)) {
      throw refused("string that is not UTF-8");
    }
    event.set(column, bytes, from, length);
  }

  /** Makes a column the bytes that follow, after their number. */
  void readBytes(EventView event, int column) throws NotDecodableException {
    int length = readLength("bytes");
    event.set(column, bytes, advance(length), length);
  }

  /** Makes a column so many bytes that follow. */
  void readFixed(EventView event, int column, int length) throws NotDecodableException {
    event.set(column, bytes, advance(length), length);
  }

  /** Copies into {@code old} where there is one: one buffer serves all records. */
  @Override
  public Utf8 readString(Utf8 old) throws NotDecodableException {
    int length = readLength("string");
    int from = advance(length);
    if (!Utf8Check.isValid(bytes, from, length)) {
      throw refused("string that is not UTF-8");
    }
    Utf8 result = old == null ? new Utf8() : old;
    result.setByteLength(length);
    System.arraycopy(bytes, from, result.getBytes(), 0, length);
    return result;
  }

  @Override
  public String readString() throws NotDecodableException {
    Utf8 value = readString(null);
    return new String(value.getBytes(), 0, value.getByteLength(), UTF_8);
  }

  @Override
  public void skipString() throws NotDecodableException {
    advance(readLength("string"));
  }

  @Override
  public ByteBuffer readBytes(ByteBuffer old) throws NotDecodableException {
    int length = readLength("bytes");
    int from = advance(length);
    ByteBuffer result =
        old != null && old.capacity() >= length ? old.clear() : ByteBuffer.allocate(length);
    return result.put(bytes, from, length).flip();
  }

  @Override
  public void skipBytes() throws NotDecodableException {
    advance(readLength("bytes"));
  }

  @Override
  public void readFixed(byte[] target, int offset, int length) throws NotDecodableException {
    System.arraycopy(bytes, advance(length), target, offset, length);
  }

  @Override
  public void skipFixed(int length) throws NotDecodableException {
    advance(length);
  }

  @Override
  public int readEnum() throws NotDecodableException {
    return readIndex("enum");
  }

  @Override
  public int readIndex() throws NotDecodableException {
    return readIndex("union");
  }

  @Override
  public long readArrayStart() throws NotDecodableException {
    return readItemCount();
  }

  @Override
  public long arrayNext() throws NotDecodableException {
    return readItemCount();
  }

  @Override
  public long skipArray() throws NotDecodableException {
    return skipBlocks();
  }

  @Override
  public long readMapStart() throws NotDecodableException {
    return readItemCount();
  }

  @Override
  public long mapNext() throws NotDecodableException {
    return readItemCount();
  }

  @Override
  public long skipMap() throws NotDecodableException {
    return skipBlocks();
  }

  /** Skips the blocks that carry their size; the items of others are for the caller to skip. */
  private long skipBlocks() throws NotDecodableException {
    long count = readLong();
    while (count < 0) {
      advance(readLength("block"));
      count = readLong();
    }
    return allowed(count);
  }

  private long readItemCount() throws NotDecodableException {
    long count = readLong();
    if (count < 0) {
      readLength("block");
      count = -count;
    }
    return allowed(count);
  }

  private long allowed(long count) throws NotDecodableException {
    if (count < 0 || count > itemsLeft) {
      throw refused("block of %d items".formatted(count));
    }
    itemsLeft -= count;
    return count;
  }

  private int readIndex(String what) throws NotDecodableException {
    int index = readInt();
    if (index < 0) {
      throw refused("%s index %d".formatted(what, index));
    }
    return index;
  }

  private int readLength(String what) throws NotDecodableException {
    long length = readLong();
    if (length < 0 || length > remaining()) {
      throw refused("%s of %d bytes where %d are left".formatted(what, length, remaining()));
    }
    return (int) length;
  }

  private ByteBuffer littleEndian(int length) throws NotDecodableException {
    return ByteBuffer.wrap(bytes, advance(length), length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private int advance(int length) throws NotDecodableException {
    if (length > remaining()) {
      throw refused("end of the record, %d more bytes needed".formatted(length - remaining()));
    }
    int from = position;
    position += length;
    return from;
  }

  private NotDecodableException refused(String what) {
    return new NotDecodableException("%s at byte %d".formatted(what, position - start));
  }
}
