// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A benchmark's result.
 *
 * @param benchmark its name
 * @param machine what it ran on
 * @param settings what it ran with
 * @param columns what is shown of each row
 * @param rows the contenders
 */
public record Report(
    String benchmark, Machine machine, ObjectNode settings, List<Figure> columns, List<Row> rows) {

  private static final String UNKNOWN = "-";

  /** One line of JSON; a figure that could not be measured is null. */
  public String json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("benchmark", benchmark);
    json.set("machine", machine.json());
    json.set("settings", settings);
    var list = json.putArray("rows");
    for (Row row : rows) {
      ObjectNode node = list.addObject().put("name", row.name()).put("steady", row.steady());
      for (Figure column : columns) {
        node.put(column.field(), rounded(row, column));
      }
      if (!row.notes().isEmpty()) {
        row.notes().forEach(node.putArray("notes")::add);
      }
    }
    return json.toString();
  }

  /** A table for people, and below it the notes. */
  public String table() {
    List<List<String>> lines = new ArrayList<>();
    List<String> heading = new ArrayList<>(List.of(""));
    columns.forEach(column -> heading.add(column.heading()));
    lines.add(heading);
    for (Row row : rows) {
      List<String> line = new ArrayList<>(List.of(row.name()));
      columns.forEach(column -> line.add(text(row, column)));
      lines.add(line);
    }
    StringBuilder text = new StringBuilder(Table.render(lines));
    for (Row row : rows) {
      row.notes().forEach(note -> text.append("\n").append(row.name()).append(": ").append(note));
    }
    return text.toString();
  }

  private static String text(Row row, Figure figure) {
    BigDecimal value = rounded(row, figure);
    return value == null
        ? UNKNOWN
        : String.format(Locale.ROOT, "%,." + figure.decimals() + "f", value);
  }

  private static BigDecimal rounded(Row row, Figure figure) {
    Double value = row.figures().get(figure);
    return value == null
        ? null
        : BigDecimal.valueOf(value).setScale(figure.decimals(), RoundingMode.HALF_UP);
  }
}
