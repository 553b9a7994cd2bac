// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billion.sink.stream.Progress;
import dev.billion.sink.stream.Summary;
import java.io.PrintStream;

/** For programs: progress as lines of JSON on standard error, the summary on standard output. */
final class JsonReport implements SinkReport {

  private final PrintStream out;
  private final PrintStream err;

  JsonReport(Surroundings surroundings) {
    out = surroundings.out();
    err = surroundings.err();
  }

  @Override
  public void progress(Progress progress) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("progress", "sink");
    line.put("batch", progress.batch());
    line.put("events", progress.total().events());
    line.put("dead_letters", progress.total().deadLetters());
    line.put("lost_offsets", progress.total().lost());
    line.put("events_per_second", tenths(progress.eventsPerSecond()));
    line.put("lag", progress.lag());
    err.println(line);
  }

  @Override
  public void summary(Summary summary) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("events", summary.total().events());
    line.put("dead_letters", summary.total().deadLetters());
    line.put("batches", summary.total().batches());
    line.put("lost_offsets", summary.total().lost());
    line.put("seconds", tenths(summary.time().toMillis() / 1e3));
    out.println(line);
  }

  private static double tenths(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
