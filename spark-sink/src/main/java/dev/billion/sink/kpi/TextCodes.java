// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

import dev.billion.sink.scan.TextScan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.io.api.Binary;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Numbers for the texts of a column, from 1 for none on. Where the file has a dictionary, a text is
 * looked at once a row group and not once a row. For one thread.
 */
final class TextCodes {

  private static final int UNKNOWN = 0;
  private static final int NONE = 1;

  private final Map<UTF8String, Integer> codes = new HashMap<>();
  private final List<UTF8String> texts = new ArrayList<>();
  private Binary[] found; // the texts that the column had last
  private int[] byEntry; // their codes, if known

  TextCodes() {
    clear();
  }

  /** Appends the code of each row's text to the bits of a number. */
  void appendTo(long[] numbers, int rows, int bits, TextScan column) {
    if (column.texts() != found) {
      found = column.texts();
      byEntry = new int[found.length];
      byEntry[0] = NONE;
    }
    int[] byRow = column.entries();
    int[] known = byEntry;
    for (int row = 0; row < rows; row++) {
      int code = known[byRow[row]];
      if (code == UNKNOWN) {
        code = enter(byRow[row]);
      }
      numbers[row] = numbers[row] << bits | code;
    }
  }

  /** The text of a code, null for none. */
  UTF8String text(int code) {
    return texts.get(code);
  }

  int size() {
    return texts.size();
  }

  /** Forgets all codes. */
  void clear() {
    codes.clear();
    texts.clear();
    texts.add(null); // UNKNOWN
    texts.add(null); // NONE
    found = null;
  }

  private int enter(int entry) {
    UTF8String text = UTF8String.fromBytes(found[entry].getBytes());
    int code = codes.computeIfAbsent(text, added -> texts.size());
    if (code == texts.size()) {
      texts.add(text);
    }
    byEntry[entry] = code;
    return code;
  }
}
