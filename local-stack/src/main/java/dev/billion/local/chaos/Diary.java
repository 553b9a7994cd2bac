// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.chaos;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What happened and when, told as it happens. Safe for use by several threads. */
final class Diary {

  private final PrintStream out;
  private final Ticker ticker;
  private final long begin;
  private final List<Survived> survived = new ArrayList<>();

  /** Begins now. */
  Diary(PrintStream out, Ticker ticker) {
    this.out = out;
    this.ticker = ticker;
    this.begin = ticker.nanoTime();
  }

  /** Since the beginning. */
  Duration now() {
    return Duration.ofNanos(ticker.nanoTime() - begin);
  }

  void sleepUntil(Duration time) throws InterruptedException {
    Duration left = time.minus(now());
    if (!left.isNegative()) {
      ticker.sleep(left);
    }
  }

  synchronized void note(String text) {
    Duration now = now();
    out.printf(Locale.ROOT, "%02d:%02d  %s%n", now.toMinutes(), now.toSecondsPart(), text);
  }

  void struck(Strike strike) {
    note(
        strike.lasting().isZero()
            ? strike.fault().word()
            : String.format(
                Locale.ROOT,
                "%s for %.1f s",
                strike.fault().word(),
                strike.lasting().toMillis() / 1e3));
  }

  /**
   * @param since when it struck
   */
  synchronized void survived(Fault fault, Duration since) {
    Survived survival = new Survived(fault, now().minus(since));
    survived.add(survival);
    note("%s survived after %.1f s".formatted(fault.word(), survival.seconds()));
  }

  synchronized List<Survived> survived() {
    return List.copyOf(survived);
  }
}
