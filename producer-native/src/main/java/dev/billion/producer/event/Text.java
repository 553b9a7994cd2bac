// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.event;

import java.nio.ByteBuffer;
import org.apache.avro.util.Utf8;

/**
 * A string as a record has it and as Avro writes it, behind its length: encoded once, then copied.
 *
 * @param encoded length and UTF-8
 */
record Text(Utf8 value, byte[] encoded) {

  private static final int MAX_BYTES = 63; // the most whose length is one byte

  static Text of(String string) {
    Utf8 value = new Utf8(string);
    int length = value.getByteLength();
    if (length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "must have at most %d bytes: '%s'".formatted(MAX_BYTES, string));
    }
    byte[] encoded =
        ByteBuffer.allocate(1 + length)
            .put((byte) (length << 1))
            .put(value.getBytes(), 0, length)
            .array();
    return new Text(value, encoded);
  }

  /** As an Avro record has it. */
  static Utf8 valueOf(Text text) {
    return text == null ? null : text.value;
  }
}
