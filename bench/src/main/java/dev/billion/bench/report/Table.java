// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.report;

import java.util.List;
import java.util.stream.Collectors;

/** Text in columns: the first to the left, the others to the right. */
final class Table {

  private static final String GAP = "  ";

  private Table() {}

  /** All lines have as many cells as the first. */
  static String render(List<List<String>> lines) {
    int[] widths = new int[lines.get(0).size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    return lines.stream().map(line -> render(line, widths)).collect(Collectors.joining("\n"));
  }

  private static String render(List<String> line, int[] widths) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String padding = " ".repeat(widths[i] - line.get(i).length());
      text.append(i == 0 ? line.get(i) + padding : GAP + padding + line.get(i));
    }
    return text.toString();
  }
}
