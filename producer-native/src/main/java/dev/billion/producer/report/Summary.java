// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billion.producer.run.Emission;
import dev.billion.producer.run.Quantiles;
import dev.billion.producer.run.Run;
import dev.billion.schemas.Quantity;
import java.util.Optional;

/**
 * What an emission came to. The verifier reads it as what must be in the table.
 *
 * @param run what was emitted
 * @param records how many were acknowledged by the broker
 * @param deadLetters how many became dead letters instead
 * @param poison how many poison records were acknowledged beside them
 * @param nextSequences for each shard the sequence after the last that was sent
 * @param bytes size of the acknowledged records' values
 * @param seconds from the start to the last acknowledgement
 * @param scheduleDelay how late batches were handed on, ms
 * @param steadyScheduleDelay the same without those of the warm-up; none if there was nothing else
 * @param batchLatency how long their last acknowledgement then took, ms
 */
public record Summary(
    Run run,
    long records,
    long deadLetters,
    long poison,
    long[] nextSequences,
    long bytes,
    double seconds,
    Quantiles scheduleDelay,
    Optional<Quantiles> steadyScheduleDelay,
    Quantiles batchLatency) {

  public static Summary of(Emission emission, long[] nextSequences) {
    return new Summary(
        emission.plan().run(),
        emission.meters().recordsSent(),
        emission.meters().deadLetters(),
        emission.meters().poison(),
        nextSequences,
        emission.meters().bytesSent(),
        emission.elapsed() / 1e9,
        emission.meters().scheduleDelayMillis(),
        emission.meters().steadyScheduleDelayMillis(),
        emission.meters().batchLatencyMillis());
  }

  public String render(boolean json) {
    return json ? toJson() : toText();
  }

  private String toJson() {
    ObjectNode summary =
        JsonNodeFactory.instance
            .objectNode()
            .put("run", run.name())
            .put("seed", run.seed())
            .put("shards", run.shards())
            .put("records", records)
            .put("dead_letters", deadLetters)
            .put("poison", poison)
            .put("bytes", bytes)
            .put("seconds", round(seconds))
            .put("records_per_second", Math.round(perSecond()));
    put(summary.putObject("schedule_delay_ms"), scheduleDelay);
    steadyScheduleDelay.ifPresent(
        delay -> put(summary.putObject("steady_schedule_delay_ms"), delay));
    put(summary.putObject("batch_latency_ms"), batchLatency);
    ArrayNode next = summary.putArray("next_sequences");
    for (long sequence : nextSequences) {
      next.add(sequence);
    }
    return summary.toString();
  }

  private String toText() {
    return """
    run           %s (seed %d, %d shards)
    records       %,d
    dead letters  %,d
    poison        %,d
    volume        %s bytes, %.1f a record
    time          %.1f s
    rate          %s records/s
    behind        %.1f ms, 99%% of batches within %.1f ms, all within %.1f ms
    latency       %.1f ms, 99%% of batches within %.1f ms, all within %.1f ms\
    """
        .formatted(
            run.name(),
            run.seed(),
            run.shards(),
            records,
            deadLetters,
            poison,
            Quantity.format(bytes),
            records == 0 ? 0.0 : (double) bytes / records,
            seconds,
            Quantity.format(perSecond()),
            scheduleDelay.p50(),
            scheduleDelay.p99(),
            scheduleDelay.max(),
            batchLatency.p50(),
            batchLatency.p99(),
            batchLatency.max());
  }

  private static void put(ObjectNode node, Quantiles quantiles) {
    node.put("p50", round(quantiles.p50()))
        .put("p99", round(quantiles.p99()))
        .put("max", round(quantiles.max()));
  }

  private double perSecond() {
    return seconds == 0 ? 0 : records / seconds;
  }

  private static double round(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
