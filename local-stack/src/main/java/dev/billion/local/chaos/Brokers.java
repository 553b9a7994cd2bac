// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.chaos;

import dev.billion.local.Broker;
import dev.billion.local.LocalStackException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.common.TopicPartitionInfo;

/**
 * The brokers, of which one at a time is struck, and the next not before every partition has all
 * its replicas in sync again.
 */
final class Brokers implements Part {

  private static final Duration WHILE = Duration.ofSeconds(2);

  private final List<Broker> brokers;
  private final Admin admin;
  private final Failures failures;
  private final Set<Broker> struck = ConcurrentHashMap.newKeySet();

  /**
   * @param admin a client of all of them
   * @param failures of starts
   */
  Brokers(List<Broker> brokers, Admin admin, Failures failures) {
    this.brokers = brokers;
    this.admin = admin;
    this.failures = failures;
  }

  @Override
  public void tend() {
    for (Broker broker : brokers) {
      if (!broker.isAlive() && !struck.contains(broker)) {
        throw new LocalStackException(broker.ended());
      }
    }
  }

  @Override
  public Recovery strike(Strike strike) throws InterruptedException {
    Broker victim = strike.victim(brokers);
    struck.add(victim);
    switch (strike.fault()) {
      case BROKER_KILL -> {
        victim.kill();
        startAfter(strike.lasting(), victim);
      }
      case BROKER_TERM -> {
        victim.stop();
        startAfter(strike.lasting(), victim);
      }
      case BROKER_FREEZE -> victim.freeze(strike.lasting());
      case BROKER_DISK -> {
        victim.kill();
        victim.removeData();
        startAfter(strike.lasting(), victim);
      }
      default -> throw new IllegalArgumentException("no fault of a broker: " + strike.fault());
    }
    struck.remove(victim);
    return new Steady();
  }

  /** Complete when all have been whole for a while: what has just come back does not know yet. */
  private final class Steady implements Recovery {

    private long since = System.nanoTime();

    @Override
    public boolean isComplete() throws InterruptedException {
      if (!areWhole()) {
        since = System.nanoTime();
      }
      return System.nanoTime() - since > WHILE.toNanos();
    }
  }

  private void startAfter(Duration outage, Broker victim) throws InterruptedException {
    Thread.sleep(outage.toMillis());
    Restart.of(victim, failures);
  }

  /** Whether all are in the cluster, and every partition has a leader and all replicas in sync. */
  private boolean areWhole() throws InterruptedException {
    try {
      if (admin.describeCluster().nodes().get().size() < brokers.size()) {
        return false;
      }
      Set<String> topics =
          admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get();
      return admin.describeTopics(topics).allTopicNames().get().values().stream()
          .flatMap(topic -> topic.partitions().stream())
          .allMatch(Brokers::isWhole);
    } catch (ExecutionException e) {
      return false; // it is not, as long as nobody tells
    }
  }

  private static boolean isWhole(TopicPartitionInfo partition) {
    return partition.leader() != null
        && !partition.leader().isEmpty()
        && partition.isr().size() == partition.replicas().size();
  }
}
