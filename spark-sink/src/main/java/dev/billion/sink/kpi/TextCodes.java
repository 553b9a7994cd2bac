// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Numbers for the texts of a column, from 0 for none on. Where the file has a dictionary, a text is
 * looked at once a batch and not once a row. For one thread.
 */
final class TextCodes {

  private final Map<UTF8String, Integer> codes = new HashMap<>();
  private final List<UTF8String> texts = new ArrayList<>();
  private int[] byEntry = new int[256];

  TextCodes() {
    clear();
  }

  /** Appends the code of each row's text to the bits of a number. */
  void appendTo(long[] numbers, int rows, int bits, ColumnVector column) {
    if (column instanceof WritableColumnVector writable && writable.hasDictionary()) {
      int[] entries = writable.getDictionaryIds().getInts(0, rows);
      Arrays.fill(byEntry, 0);
      boolean nulls = column.hasNull();
      for (int row = 0; row < rows; row++) {
        int code = nulls && column.isNullAt(row) ? 0 : codeOf(entries[row], row, column);
        numbers[row] = numbers[row] << bits | code;
      }
    } else {
      for (int row = 0; row < rows; row++) {
        int code = column.isNullAt(row) ? 0 : codeOf(column.getUTF8String(row));
        numbers[row] = numbers[row] << bits | code;
      }
    }
  }

  /** The text of a code, null for 0. */
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
    texts.add(null);
  }

  private int codeOf(int entry, int row, ColumnVector column) {
    if (entry >= byEntry.length) {
      byEntry = Arrays.copyOf(byEntry, Math.max(entry + 1, 2 * byEntry.length));
    }
    if (byEntry[entry] == 0) {
      byEntry[entry] = codeOf(column.getUTF8String(row));
    }
    return byEntry[entry];
  }

  private int codeOf(UTF8String text) {
    Integer known = codes.get(text);
    if (known != null) {
      return known;
    }
    UTF8String copy = text.copy();
    codes.put(copy, texts.size());
    texts.add(copy);
    return texts.size() - 1;
  }
}
