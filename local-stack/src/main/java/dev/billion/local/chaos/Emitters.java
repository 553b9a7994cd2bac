// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.chaos;

import dev.billion.local.ChildProcess;
import dev.billion.local.program.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** A fleet of so many emitters: what ends is replaced, however it ends. */
final class Emitters implements Part {

  private static final long TICK_MILLIS = 100;

  private final int size;
  private final IntFunction<Member> starter;
  private final Failures failures;
  private final List<Member> members = new ArrayList<>();
  private int started;
  private long sentBefore;
  private boolean ending;

  /**
   * @param starter starts one, by its number from 1 on
   * @param failures of emitters that ended by themselves
   */
  Emitters(int size, IntFunction<Member> starter, Failures failures) {
    this.size = size;
    this.starter = starter;
    this.failures = failures;
  }

  @Override
  public synchronized void tend() {
    for (Member member : List.copyOf(members)) {
      if (member.failed()) {
        failures.add(member.failure());
      }
      if (member.ended()) {
        sentBefore += member.sent();
        members.remove(member);
      }
    }
    while (!ending && active().size() < size) {
      members.add(starter.apply(++started));
    }
  }

  @Override
  public Recovery strike(Strike strike) throws InterruptedException {
    Member victim = strike.victim(awaitAny());
    switch (strike.fault()) {
      case EMITTER_KILL -> victim.kill();
      case EMITTER_TERM -> {
        victim.leave();
        Grace.give("emitter", victim::ended);
        victim.requireWell();
      }
      case EMITTER_FREEZE -> victim.freeze(strike.lasting());
      default -> throw new IllegalArgumentException("no fault of an emitter: " + strike.fault());
    }
    return recovery();
  }

  private List<Member> awaitAny() throws InterruptedException {
    List<Member> there = active();
    while (there.isEmpty()) {
      Thread.sleep(TICK_MILLIS);
      there = active();
    }
    return there;
  }

  /** Complete when as many as before are there and each sends. */
  private Recovery recovery() {
    Map<Member, Long> before =
        active().stream().collect(Collectors.toMap(Function.identity(), Member::sent));
    return () -> {
      List<Member> now = active();
      return now.size() == size
          && now.stream().allMatch(member -> member.sent() > before.getOrDefault(member, 0L));
    };
  }

  /**
   * Records that are committed, as the emitters said last; what the killed did not say is not in.
   */
  synchronized long sent() {
    return sentBefore + members.stream().mapToLong(Member::sent).sum();
  }

  synchronized ChaosSummary.Programs count() {
    return new ChaosSummary.Programs(started, failures.count());
  }

  /** Whether each has sent something. */
  synchronized boolean flow() {
    return active().size() == size && members.stream().allMatch(member -> member.sent() > 0);
  }

  /** Those that have not ended. */
  synchronized List<ChildProcess> processes() {
    return members.stream().filter(member -> !member.ended()).map(Member::process).toList();
  }

  /** From now on none is replaced. */
  synchronized void end() {
    ending = true;
  }

  synchronized boolean ended() {
    return ending && members.isEmpty();
  }

  synchronized void kill() {
    ending = true;
    members.stream().filter(member -> !member.ended()).forEach(Member::kill);
  }

  private synchronized List<Member> active() {
    return members.stream().filter(Member::isActive).toList();
  }
}
