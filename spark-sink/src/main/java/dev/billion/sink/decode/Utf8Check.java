// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.decode;

import dev.billion.schemas.BigEndian;

/**
 * Whether bytes are well-formed UTF-8 (RFC 3629): no stray or missing continuation, no over-long
 * form, no surrogate, nothing above U+10FFFF. Eight ASCII bytes are checked at a time, and those
 * that are left at once, which is all that nearly every string needs.
 */
final class Utf8Check {

  private static final long HIGH_BITS = 0x8080808080808080L;

  private Utf8Check() {}

  static boolean isValid(byte[] bytes, int from, int length) {
    int end = from + length;
    int at = from;
    while (end - at >= Long.BYTES && (BigEndian.getLong(bytes, at) & HIGH_BITS) == 0) {
      at += Long.BYTES;
    }
    if (end - at < Long.BYTES && (BigEndian.getBytes(bytes, end, end - at) & HIGH_BITS) == 0) {
      return true;
    }
    while (at < end) {
      int width = width(bytes, at, end);
      if (width == 0) {
        return false;
      }
      at += width;
    }
    return true;
  }

  /** The length in bytes of the character at {@code at}, 0 if it is not one. */
  private static int width(byte[] bytes, int at, int end) {
    int first = bytes[at] & 0xFF;
    if (first < 0x80) {
      return 1;
    }
    int width = first < 0xC2 || first > 0xF4 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (width == 0 || width > end - at) {
      return 0;
    }
    int second = bytes[at + 1] & 0xFF;
    int lowest = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    int highest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (second < lowest || second > highest) {
      return 0;
    }
    for (int i = 2; i < width; i++) {
      if ((bytes[at + i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return width;
  }
}
