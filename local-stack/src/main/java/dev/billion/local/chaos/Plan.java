// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.chaos;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * When which fault strikes: the same for the same seed. Targets are struck independently of each
 * other, so a broker may die while the sink stands still, but one target never twice at once: of
 * three brokers two are always there. The faults of a target take turns in ever new orders. None
 * lasts beyond the end.
 *
 * @param lanes for each target its strikes, in the order of their times
 */
record Plan(Map<Target, List<Strike>> lanes) {

  private static final long LONGEST_GAP_MILLIS = 10_000;
  private static final int LOTS = 1 << 16;

  Plan {
    lanes = Map.copyOf(lanes);
  }

  /**
   * Draws a plan.
   *
   * @param time how long faults strike
   * @param faults those that are drawn from
   */
  static Plan draw(long seed, Duration time, Collection<Fault> faults) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<Target, List<Strike>> lanes = new EnumMap<>(Target.class);
    for (Target target : Target.values()) {
      List<Fault> of = faults.stream().filter(fault -> fault.target() == target).toList();
      lanes.put(target, draw(random.split(), time, target, of));
    }
    return new Plan(lanes);
  }

  private static List<Strike> draw(
      SplittableRandom random, Duration time, Target target, List<Fault> faults) {
    List<Strike> strikes = new ArrayList<>();
    Deque<Fault> turns = new ArrayDeque<>();
    Duration at = gap(random);
    while (!faults.isEmpty()) {
      if (turns.isEmpty()) {
        turns.addAll(shuffled(random, faults));
      }
      Fault fault = turns.remove();
      Strike strike = new Strike(at, fault, random.nextInt(LOTS), fault.lasting(random));
      if (strike.until().compareTo(time) > 0) {
        break;
      }
      strikes.add(strike);
      at = strike.until().plus(target.settle()).plus(gap(random));
    }
    return List.copyOf(strikes);
  }

  private static Duration gap(SplittableRandom random) {
    return Duration.ofMillis(random.nextLong(LONGEST_GAP_MILLIS));
  }

  private static List<Fault> shuffled(SplittableRandom random, List<Fault> faults) {
    List<Fault> left = new ArrayList<>(faults);
    List<Fault> order = new ArrayList<>();
    while (!left.isEmpty()) {
      order.add(left.remove(random.nextInt(left.size())));
    }
    return order;
  }
}
