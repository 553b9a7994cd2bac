// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer;

import dev.billion.local.LocalStack;
import dev.billion.producer.control.ControlLog;
import dev.billion.producer.control.EpochNanos;
import dev.billion.producer.control.FleetTopics;
import dev.billion.producer.pacing.Rate;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** Looks at fleets, and steers them, without a process. */
final class Fleets {

  private Fleets() {}

  /** How many shards each member of a run has. */
  static List<Integer> shardsOfMembers(Admin admin, String topic, String run)
      throws ExecutionException, InterruptedException {
    String group = FleetTopics.group(topic, run);
    return admin.describeConsumerGroups(List.of(group)).all().get().get(group).members().stream()
        .map(member -> member.assignment().topicPartitions().size())
        .toList();
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

  static ControlLog log(LocalStack stack, String topic) {
    return new ControlLog(Map.of("bootstrap.servers", stack.bootstrap()), topic, foreign -> {});
  }
}
