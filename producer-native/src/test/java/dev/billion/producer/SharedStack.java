// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer;

import dev.billion.local.LocalStack;
import dev.billion.local.Topic;
import dev.billion.local.Topics;
import java.time.Duration;
import java.util.List;

/** One broker and one registry for all tests that leave them alone; they stop with this JVM. */
final class SharedStack {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final LocalStack STACK = LocalStack.builder().start();

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

  /** What most emitters need to be told. */
  static List<String> flags(String topic) {
    return List.of(
        "--bootstrap=" + STACK.bootstrap(),
        "--registry=" + STACK.registryUrl(),
        "--topic=" + topic,
        "--json");
  }
}
