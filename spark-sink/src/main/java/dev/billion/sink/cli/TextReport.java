// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.cli;

import dev.billion.schemas.Quantity;
import dev.billion.sink.stream.BatchCount;
import dev.billion.sink.stream.Progress;
import dev.billion.sink.stream.Summary;
import java.io.PrintStream;
import java.util.Locale;

/** For people: readable lines on standard error. */
final class TextReport implements SinkReport {

  private final PrintStream err;

  TextReport(PrintStream err) {
    this.err = err;
  }

  @Override
  public void progress(Progress progress) {
    err.println(
        progress.batch() < 0
            ? "no batch finished yet"
            : "batch %d: %s events, %s dead letters, %s events/s, lag %s%s"
                .formatted(
                    progress.batch(),
                    Quantity.format(progress.total().events()),
                    Quantity.format(progress.total().deadLetters()),
                    Quantity.format(progress.eventsPerSecond()),
                    Quantity.format(progress.lag()),
                    lost(progress.total())));
  }

  @Override
  public void summary(Summary summary) {
    err.printf(
        Locale.ROOT,
        "committed %,d events and %,d dead letters in %,d batches, %.1f s%s%n",
        summary.total().events(),
        summary.total().deadLetters(),
        summary.total().batches(),
        summary.time().toMillis() / 1e3,
        lost(summary.total()));
  }

  private static String lost(BatchCount total) {
    return total.lost() == 0
        ? ""
        : ", %s offsets gone from Kafka".formatted(Quantity.format(total.lost()));
  }
}
