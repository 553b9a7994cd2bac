// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.demo;

import dev.billion.schemas.Quantity;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * Shows {@link Progress}: on a terminal as one line that is written over, else as a line every two
 * seconds. For one thread.
 */
public final class LiveLine implements Watcher {

  private static final String OVERWRITE = "\r\u001b[K";
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(2);

  private final PrintStream out;
  private final boolean terminal;
  private Duration next = Duration.ZERO;
  private boolean open;

  /**
   * @param terminal whether lines can be written over
   */
  public LiveLine(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  @Override
  public void show(Progress progress) {
    if (terminal) {
      out.print(OVERWRITE + render(progress));
      out.flush();
      open = true;
    } else if (progress.elapsed().compareTo(next) >= 0) {
      out.println(render(progress));
      next = progress.elapsed().plus(BETWEEN_LINES);
    }
  }

  /** Ends the line that was written over. */
  @Override
  public void close() {
    if (open) {
      out.println();
      open = false;
    }
  }

  static String render(Progress progress) {
    return "%s  sent %s of %s (%s/s)  committed %s (%s/s)  lag %s  dead letters %d%s  %s"
        .formatted(
            clock(progress.elapsed()),
            count(progress.sent()),
            count(progress.target()),
            Quantity.format(progress.sentPerSecond()),
            count(progress.committed()),
            Quantity.format(progress.committedPerSecond()),
            count(progress.lag()),
            progress.deadLetters(),
            progress.sinkRestarts() == 0 ? "" : "  sink restarts " + progress.sinkRestarts(),
            progress.remaining().map(left -> clock(left) + " left").orElse("time left unknown"));
  }

  private static String count(long count) {
    return Quantity.format((double) count);
  }

  private static String clock(Duration time) {
    return time.toHours() > 0
        ? String.format(
            Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart())
        : String.format(Locale.ROOT, "%02d:%02d", time.toMinutes(), time.toSecondsPart());
  }
}
