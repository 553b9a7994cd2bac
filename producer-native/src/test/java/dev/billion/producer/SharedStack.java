// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer;

import dev.billion.local.LocalStack;
import dev.billion.local.Topic;
import dev.billion.local.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One broker and one registry for all tests that leave them as they are; they stop with this JVM.
 */
final class SharedStack {

  private static final Duration SOON = Duration.ofSeconds(60);

  /** What a member of a fleet may take to be given up, its open transaction with it. */
  static final Map<String, String> SHORT_TIMEOUTS =
      Map.of("EMITTER_FLEET_SESSION_TIMEOUT", "3s", "EMITTER_FLEET_TRANSACTION_TIMEOUT", "3s");

  private static final LocalStack STACK =
      LocalStack.builder()
          .brokerProperty("group.min.session.timeout.ms", "3000")
          // a broker that was killed is let in again after the first of these times. Transactions
          // that expire before that stay open for good: they are looked for after the last
          .brokerProperty("broker.session.timeout.ms", "3000")
          .brokerProperty("broker.heartbeat.interval.ms", "500")
          .brokerProperty("transaction.abort.timed.out.transaction.cleanup.interval.ms", "5000")
          .start();

  private SharedStack() {}

  /** The stack, with these topics and one for the dead letters of each. */
  static LocalStack with(int partitions, String... topics) {
    for (String topic : topics) {
      with(Topic.of(topic, partitions));
    }
    return STACK;
  }

  /** The stack, with this topic and one for its dead letters. */
  static LocalStack with(Topic topic) {
    Topics.create(
        STACK.broker(), List.of(topic, Topic.of(topic.name() + "-dead-letters", 1)), SOON);
    return STACK;
  }

  static String registryUrl() {
    return STACK.registryUrl();
  }

  /** Kills the broker, and starts it again after what is to happen meanwhile. */
  static void withoutBroker(Meanwhile meanwhile) throws Exception {
    STACK.broker().kill();
    try {
      meanwhile.happens();
    } finally {
      STACK.broker().start();
    }
  }

  /** What happens while the broker is away. */
  interface Meanwhile {
    void happens() throws Exception;
  }

  /** What most emitters need to be told. */
  static List<String> flags(String topic) {
    return List.of(
        "--bootstrap=" + STACK.bootstrap(),
        "--registry=" + STACK.registryUrl(),
        "--topic=" + topic,
        "--json");
  }
}
