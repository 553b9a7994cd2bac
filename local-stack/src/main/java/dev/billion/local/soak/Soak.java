// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.soak;

import dev.billion.local.LocalStack;
import dev.billion.local.Topic;
import dev.billion.local.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Rounds, one after the other, until one is wrong. For one thread. */
final class Soak {

  private static final int PARTITIONS = 6;
  private static final Duration SOON = Duration.ofMinutes(1);

  private final SoakOptions options;
  private final LocalStack stack;
  private final List<String> emitter;

  /**
   * @param emitter what starts the emitter, before its own arguments
   */
  Soak(SoakOptions options, LocalStack stack, List<String> emitter) {
    this.options = options;
    this.stack = stack;
    this.emitter = emitter;
  }

  /**
   * Plays them.
   *
   * @param seed of the first; the next has the next one
   * @param onVerdict told the number of each round from 1 on, and how it ended
   * @return how each round ended that was played, the last alone may be wrong
   */
  List<Verdict> run(int rounds, long seed, BiConsumer<Integer, Verdict> onVerdict)
      throws InterruptedException {
    List<Verdict> verdicts = new ArrayList<>();
    for (int number = 1; number <= rounds; number++) {
      Verdict verdict = play(number, seed + number - 1);
      verdicts.add(verdict);
      onVerdict.accept(number, verdict);
      if (!verdict.ok()) {
        break;
      }
      Topics.delete(stack.broker(), Topics.startingWith(stack.broker(), Round.topic(number)));
    }
    return verdicts;
  }

  private Verdict play(int number, long seed) throws InterruptedException {
    String topic = Round.topic(number);
    Topics.create(
        stack.broker(),
        List.of(Topic.of(topic, PARTITIONS), Topic.of(topic + "-dead-letters", 1)),
        SOON);
    try (Round round = new Round(options, stack, emitter, number, seed)) {
      return round.play();
    }
  }
}
