// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer;

import dev.billion.local.LocalStack;
import dev.billion.producer.control.ControlLog;
import dev.billion.producer.control.EpochNanos;
import dev.billion.producer.control.FleetTopics;
import dev.billion.producer.control.Sequences;
import dev.billion.producer.event.EventSource;
import dev.billion.producer.event.Poison;
import dev.billion.producer.pacing.Rate;
import dev.billion.producer.run.Run;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** Looks at fleets, and steers them, without a process. */
final class Fleets {

  private Fleets() {}

  /** How many shards each member of a run has; none before the first member comes. */
  static List<Integer> shardsOfMembers(Admin admin, String topic, String run)
      throws ExecutionException, InterruptedException {
    String group = FleetTopics.group(topic, run);
    try {
      return admin.describeConsumerGroups(List.of(group)).all().get().get(group).members().stream()
          .map(member -> member.assignment().topicPartitions().size())
          .toList();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return List.of();
      }
      throw e;
    }
  }

  /** Has the run of a topic, which is not at rate max, go on at another rate. */
  static void setRate(LocalStack stack, String topic, String rate) {
    long now = EpochNanos.of(Clock.systemUTC());
    log(stack, topic)
        .update(
            present ->
                present.map(
                    course -> course.with(course.schedule().withRate(Rate.parse(rate), now, 0))));
  }

  /** Nothing more falls due in the run of a topic. */
  static void pause(LocalStack stack, String topic) {
    long now = EpochNanos.of(Clock.systemUTC());
    log(stack, topic)
        .update(
            present ->
                present.map(course -> course.with(course.schedule().withPaused(true, now, 0))));
  }

  /** How many poison records belong to the events that a topic's run has committed. */
  static long poisonSent(LocalStack stack, String topic) throws InterruptedException {
    Run run = log(stack, topic).read().orElseThrow().run();
    Poison poison = new EventSource(run).poison();
    long[] next;
    try (Admin admin = stack.broker().admin()) {
      next = Sequences.committed(admin, topic, run).next();
    }
    return IntStream.range(0, next.length)
        .mapToLong(
            shard ->
                LongStream.range(0, next[shard])
                    .filter(sequence -> poison.after(shard, sequence) != null)
                    .count())
        .sum();
  }

  static ControlLog log(LocalStack stack, String topic) {
    return new ControlLog(Map.of("bootstrap.servers", stack.bootstrap()), topic, foreign -> {});
  }
}
