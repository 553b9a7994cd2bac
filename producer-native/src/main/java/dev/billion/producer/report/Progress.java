// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.billion.producer.Console;
import dev.billion.producer.run.Emission;
import dev.billion.producer.run.Meters;
import dev.billion.producer.run.Run;
import dev.billion.schemas.Quantity;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A line a second on standard error, from its making to its close. */
public final class Progress implements AutoCloseable {

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Emission emission;
  private final boolean json;
  private long lastSent;
  private long lastNanos;

  @SuppressWarnings("FutureReturnValueIgnored") // it ends with its timer
  public Progress(Emission emission, boolean json) {
    this.emission = emission;
    this.json = json;
    timer.scheduleAtFixedRate(this::line, 1, 1, TimeUnit.SECONDS);
  }

  /** Ends with a last line, so that the totals are complete. */
  @Override
  public void close() throws InterruptedException {
    timer.shutdown();
    timer.awaitTermination(1, TimeUnit.SECONDS);
    line();
  }

  private void line() {
    Meters meters = emission.meters();
    long sent = meters.recordsSent();
    long nanos = emission.elapsed();
    double perSecond = nanos == lastNanos ? 0 : (sent - lastSent) * 1e9 / (nanos - lastNanos);
    lastSent = sent;
    lastNanos = nanos;
    long target = emission.plan().target();
    double delayMillis = meters.lastScheduleDelayNanos() / 1e6;
    Console.note(
        json
            ? toJson(sent, target, perSecond, delayMillis)
            : toText(sent, target, perSecond, delayMillis));
  }

  private String toJson(long sent, long target, double perSecond, double delayMillis) {
    var line =
        JsonNodeFactory.instance
            .objectNode()
            .put("progress", "produce")
            .put("sent", sent)
            .put("sent_per_second", Math.round(perSecond));
    if (target != Run.UNBOUNDED) {
      line.put("target", target);
    }
    return line.put("errors", emission.meters().errors())
        .put("schedule_delay_ms", Math.round(delayMillis))
        .toString();
  }

  private String toText(long sent, long target, double perSecond, double delayMillis) {
    String of = target == Run.UNBOUNDED ? "" : " of " + Quantity.format(target);
    return "sent %s%s, %s records/s, %d in flight, %d errors, %.0f ms behind schedule"
        .formatted(
            Quantity.format(sent),
            of,
            Quantity.format(perSecond),
            emission.inFlight(),
            emission.meters().errors(),
            delayMillis);
  }
}
