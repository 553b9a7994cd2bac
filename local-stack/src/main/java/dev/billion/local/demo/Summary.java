// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billion.schemas.Quantity;
import java.util.Locale;

/**
 * How a demo ended.
 *
 * @param produced the producer's summary
 * @param verified the verifier's
 * @param seconds from the first record sent to the last one committed
 * @param sinkRestarts how often the sink was started again
 */
public record Summary(JsonNode produced, JsonNode verified, double seconds, int sinkRestarts) {

  /** Whether every record is in the table once. */
  public boolean ok() {
    return verified.path("ok").asBoolean();
  }

  double sentPerSecond() {
    return produced.path("records_per_second").asDouble();
  }

  double committedPerSecond() {
    return seconds <= 0 ? 0 : records() / seconds;
  }

  /** The verifier's object with the rates. */
  String json() {
    ObjectNode json = verified.deepCopy();
    return json.put("sent_per_second", rounded(sentPerSecond()))
        .put("committed_per_second", rounded(committedPerSecond()))
        .put("seconds", rounded(seconds))
        .put("sink_restarts", sinkRestarts)
        .toString();
  }

  /** A table for people. */
  String text() {
    return String.format(
        Locale.ROOT,
        """
        records        %,d
        run            %s
        seconds        %.1f
        sent           %s/s
        committed      %s/s
        missing        %d
        duplicates     %d
        dead letters   %d
        sink restarts  %d
        proof          %s""",
        records(),
        produced.path("run").asText(),
        seconds,
        Quantity.format(sentPerSecond()),
        Quantity.format(committedPerSecond()),
        sum("missing"),
        sum("duplicates"),
        verified.path("dead_letters").asLong(),
        sinkRestarts,
        ok() ? "every record is there, once" : "FAILED");
  }

  private long records() {
    return produced.path("records").asLong();
  }

  private long sum(String field) {
    long sum = 0;
    for (JsonNode run : verified.path("runs")) {
      sum += run.path(field).asLong();
    }
    return sum;
  }

  private static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
