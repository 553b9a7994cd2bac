// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.chaos;

import dev.billion.local.LocalStackException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Strikes one part at its times, each a moment after the one before it is survived. What is late
 * for that reason strikes late, or not at all if it would last beyond the end.
 *
 * @param part what is struck
 * @param strikes in the order of their times
 * @param begin from when their times count
 * @param time how long after that all are to be over
 * @param diary is told
 */
record Lane(Part part, List<Strike> strikes, Duration begin, Duration time, Diary diary)
    implements Callable<Void> {

  private static final Duration CALM = Duration.ofSeconds(3);
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @Override
  public Void call() throws InterruptedException {
    Duration earliest = begin;
    for (Strike strike : strikes) {
      Duration at = later(begin.plus(strike.at()), earliest);
      if (at.plus(strike.lasting()).compareTo(begin.plus(time)) > 0) {
        break;
      }
      diary.sleepUntil(at);
      survive(strike);
      earliest = diary.now().plus(CALM);
    }
    return null;
  }

  private static Duration later(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private void survive(Strike strike) throws InterruptedException {
    Duration since = diary.now();
    diary.struck(strike);
    Part.Recovery recovery = part.strike(strike);
    while (!recovery.isComplete()) {
      if (diary.now().minus(since).compareTo(PATIENCE) > 0) {
        throw new LocalStackException(
            "%s is not survived after %d s".formatted(strike.fault().word(), PATIENCE.toSeconds()));
      }
      diary.sleepUntil(diary.now().plus(TICK));
    }
    diary.survived(strike.fault(), since);
  }
}
