// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.soak;

import dev.billion.local.ChildProcess;
import dev.billion.local.LocalStack;
import dev.billion.local.LocalStackException;
import dev.billion.local.program.Member;
import dev.billion.schemas.EventId;
import dev.billion.schemas.WireFormat;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/** One run of a fleet that is disturbed on its way, on a topic of its own. For one thread. */
final class Round implements AutoCloseable {

  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration MOST_BETWEEN = Duration.ofSeconds(3);
  private static final long RUN = 0x0193_a5c1_0000L;

  private final SoakOptions options;
  private final LocalStack stack;
  private final Member.Recipe recipe;
  private final String topic;
  private final long run;
  private final long seed;
  private final SplittableRandom random; // the seeds of rounds follow each other
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Member> members = new ArrayList<>();
  private final List<Disturbance> done = new ArrayList<>();
  private final long begin = System.nanoTime();
  private Optional<String> fault = Optional.empty();

  /**
   * @param emitter what starts the emitter, before its own arguments
   * @param number of the round
   */
  Round(SoakOptions options, LocalStack stack, List<String> emitter, int number, long seed) {
    this.options = options;
    this.stack = stack;
    this.topic = topic(number);
    this.run = RUN + number;
    this.seed = seed;
    this.random = new SplittableRandom(seed);
    this.recipe = new Member.Recipe(emitter, stack, topic, flags(), environment());
  }

  /** The topic of a round; what a fleet keeps beside it begins so, too. */
  static String topic(int number) {
    return "soak-%05d".formatted(number);
  }

  Verdict play() throws InterruptedException {
    try {
      join();
      join();
      await(() -> sent() > 0);
      for (int i = 0; i < SoakOptions.DISTURBANCES; i++) {
        pause(Duration.ofMillis(random.nextLong(MOST_BETWEEN.toMillis())));
        disturb(options.disturbances().get(random.nextInt(options.disturbances().size())));
      }
      await(() -> members.stream().allMatch(Member::ended));
      if (fault.isEmpty()) {
        fault = census();
      }
    } catch (LocalStackException e) {
      fault = Optional.of(e.getMessage());
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    return new Verdict(seed, List.copyOf(done), fault, seconds, peakKib());
  }

  private void disturb(Disturbance disturbance) throws InterruptedException {
    done.add(disturbance);
    switch (disturbance) {
      case JOIN -> join();
      case LEAVE -> victim().leave();
      case KILL -> victim().kill();
      case FREEZE -> {
        Member victim = victim();
        victim.freeze();
        pause(SoakOptions.SESSION.plusMillis(1000 + random.nextInt(2000)));
        victim.wake();
      }
      case BROKER -> takeBrokerAway();
    }
  }

  private void takeBrokerAway() throws InterruptedException {
    stack.broker().kill();
    pause(options.outage());
    for (Member member : members) {
      // whoever has nothing on its way, at the end or without a shard, is ready and need not know
      if (member.isActive() && member.saysRecordsFlow(http)) {
        fault = Optional.of("a member was ready while the broker was away");
      }
    }
    stack.broker().start();
  }

  /** One that is not the last; for else nobody was there to take over. */
  private Member victim() {
    List<Member> active = members.stream().filter(Member::isActive).toList();
    if (active.size() < 2) {
      join();
    }
    return active.isEmpty()
        ? members.get(members.size() - 1)
        : active.get(random.nextInt(active.size()));
  }

  private void join() {
    members.add(recipe.start("%s-emitter-%d".formatted(topic, members.size() + 1)));
  }

  private List<String> flags() {
    return List.of(
        "--run=" + HexFormat.of().toHexDigits(run, 12),
        "--shards=" + SoakOptions.SHARDS,
        "--records=" + options.records(),
        "--rate=" + options.rate());
  }

  private static Map<String, String> environment() {
    String session = SoakOptions.SESSION.toSeconds() + "s";
    return Map.of(
        "EMITTER_FLEET_SESSION_TIMEOUT", session,
        "EMITTER_FLEET_TRANSACTION_TIMEOUT", session,
        "EMITTER_STALL_TIMEOUT", SoakOptions.STALL.toSeconds() + "s");
  }

  private Optional<String> census() throws InterruptedException {
    Census census = new Census(run, SoakOptions.SHARDS, options.records());
    CommittedRecords.read(
        stack.broker(),
        topic,
        SoakOptions.SETTLEMENT,
        value -> census.count(EventId.read(value, WireFormat.HEADER_BYTES)));
    return census.fault();
  }

  private long sent() {
    return members.stream().mapToLong(Member::sent).sum();
  }

  private long peakKib() {
    return members.stream().mapToLong(Member::peakKib).max().orElse(0);
  }

  private void pause(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    await(() -> System.nanoTime() >= end);
  }

  private void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - begin > SoakOptions.PATIENCE.plus(options.outage()).toNanos()) {
        ChildProcess.printThreads(
            members.stream().filter(member -> !member.ended()).map(Member::process).toList());
        throw new LocalStackException(
            "the run did not end within %d s: %,d of %,d events are sent"
                .formatted(SoakOptions.PATIENCE.toSeconds(), sent(), options.records()));
      }
      members.forEach(Member::requireWell);
      peakKib();
      Thread.sleep(TICK.toMillis());
    }
  }

  /** Ends the members that have not ended. */
  @Override
  public void close() {
    members.stream().filter(member -> !member.ended()).forEach(Member::kill);
  }
}
