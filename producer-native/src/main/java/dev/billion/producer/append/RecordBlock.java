// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.append;

import dev.billion.schemas.Varint;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Records that follow each other, as a Kafka record batch has them: of the same time, without key
 * and headers. They are gathered here, so that a batch's stream, which takes a lock and checks its
 * state for each write, is written to once for all. For one thread.
 *
 * @see <a href="https://kafka.apache.org/documentation/#record">Kafka's record format</a>
 */
final class RecordBlock {

  /** What a record has besides its value, at most: five numbers, attributes, no key, no headers. */
  static final int MAX_OVERHEAD = 5 + 1 + 10 + 5 + 1 + 5 + 1;

  private static final byte NO_ATTRIBUTES = 0;
  private static final byte NO_KEY = 1; // a length of -1
  private static final byte NO_HEADERS = 0;

  private final byte[] bytes;
  private int end;
  private int records;

  RecordBlock(int capacity) {
    this.bytes = new byte[capacity];
  }

  /** How many bytes of value the next record may have. */
  int room() {
    return bytes.length - end - MAX_OVERHEAD;
  }

  int bytes() {
    return end;
  }

  int records() {
    return records;
  }

  /**
   * @param millisLater than the first record of its batch
   * @param index in its batch
   */
  void add(long millisLater, int index, byte[] value) {
    int body =
        1 + Varint.size(millisLater) + Varint.size(index) + 1 + Varint.size(value.length) + 1;
    int at = Varint.write(bytes, end, body + value.length);
    bytes[at++] = NO_ATTRIBUTES;
    at = Varint.write(bytes, at, millisLater);
    at = Varint.write(bytes, at, index);
    bytes[at++] = NO_KEY;
    at = Varint.write(bytes, at, value.length);
    System.arraycopy(value, 0, bytes, at, value.length);
    at += value.length;
    bytes[at++] = NO_HEADERS;
    end = at;
    records++;
  }

  void writeTo(OutputStream stream) throws IOException {
    stream.write(bytes, 0, end);
  }

  void clear() {
    end = 0;
    records = 0;
  }
}
