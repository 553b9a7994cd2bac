// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.soak;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/**
 * How a soak ended.
 *
 * @param records how many events a round has
 * @param verdicts of the rounds, the last alone may be wrong
 */
record SoakSummary(long records, List<Verdict> verdicts) {

  boolean ok() {
    return last().ok();
  }

  /** What has the last round again. */
  long seed() {
    return last().seed();
  }

  String text() {
    return String.format(
        Locale.ROOT,
        """
        rounds          %d
        events          %,d
        disturbances    %s
        seconds         %.0f
        largest member  %d MiB
        proof           %s""",
        verdicts.size(),
        records * verdicts.size(),
        disturbances(),
        seconds(),
        peakKib() >> 10,
        ok() ? "every event of every round is there, once" : "FAILED: " + last().text());
  }

  String json() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("ok", ok())
            .put("rounds", verdicts.size())
            .put("records", records * verdicts.size())
            .put("seconds", Math.round(seconds()))
            .put("peak_kib", peakKib());
    for (Disturbance disturbance : Disturbance.values()) {
      json.withObject("/disturbances").put(disturbance.word(), times(disturbance));
    }
    last().fault().ifPresent(fault -> json.put("fault", fault).put("seed", last().seed()));
    return json.toString();
  }

  private String disturbances() {
    StringBuilder text = new StringBuilder();
    for (Disturbance disturbance : Disturbance.values()) {
      text.append(text.isEmpty() ? "" : ", ").append(disturbance.word()).append(' ');
      text.append(times(disturbance));
    }
    return text.toString();
  }

  private long times(Disturbance disturbance) {
    return verdicts.stream()
        .flatMap(verdict -> verdict.disturbances().stream())
        .filter(disturbance::equals)
        .count();
  }

  private double seconds() {
    return verdicts.stream().mapToDouble(Verdict::seconds).sum();
  }

  private long peakKib() {
    return verdicts.stream().mapToLong(Verdict::peakKib).max().orElse(0);
  }

  private Verdict last() {
    return verdicts.get(verdicts.size() - 1);
  }
}
