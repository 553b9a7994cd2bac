// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.measure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.billion.bench.report.Figure;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;

/** Progress and summary as JSON lines, as emitter, sink and our baselines print them. */
public final class JsonOutput implements Output {

  private static final String EVENTS = "events";

  private static final Map<String, Figure> FIGURES =
      Map.of(
          "/latency_ms/p50", Figure.LATENCY_P50,
          "/latency_ms/p99", Figure.LATENCY_P99,
          "/batch_latency_ms/p50", Figure.LATENCY_P50,
          "/batch_latency_ms/p99", Figure.LATENCY_P99,
          "/schedule_delay_ms/p50", Figure.DELAY_P50,
          "/schedule_delay_ms/p99", Figure.DELAY_P99,
          "/schedule_delay_ms/max", Figure.DELAY_MAX,
          "/steady_schedule_delay_ms/p50", Figure.STEADY_DELAY_P50,
          "/steady_schedule_delay_ms/p99", Figure.STEADY_DELAY_P99,
          "/steady_schedule_delay_ms/max", Figure.STEADY_DELAY_MAX);

  private final ObjectMapper json = new ObjectMapper();
  private final OptionalLong scheduled;
  private JsonNode summary = MissingNode.getInstance();

  public JsonOutput() {
    this(OptionalLong.empty());
  }

  /**
   * @param scheduled records/s that were to be sent
   */
  public JsonOutput(OptionalLong scheduled) {
    this.scheduled = scheduled;
  }

  @Override
  public OptionalLong done(String line) {
    JsonNode node = read(line);
    if (node.has("progress")) {
      return OptionalLong.of(node.path(node.has(EVENTS) ? EVENTS : "sent").asLong());
    }
    if (node.has("records")) {
      summary = node;
    }
    return OptionalLong.empty();
  }

  @Override
  public Map<Figure, Double> figures() {
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    FIGURES.forEach(
        (pointer, figure) -> {
          JsonNode value = summary.at(pointer);
          if (value.isNumber()) {
            figures.put(figure, value.asDouble());
          }
        });
    double seconds = summary.path("seconds").asDouble();
    if (scheduled.isPresent() && seconds > 0) {
      figures.put(
          Figure.SENT_OVER_SCHEDULED,
          summary.path("records").asLong() / (seconds * scheduled.getAsLong()));
    }
    return figures;
  }

  private JsonNode read(String line) {
    try {
      return line.startsWith("{") ? json.readTree(line) : MissingNode.getInstance();
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
