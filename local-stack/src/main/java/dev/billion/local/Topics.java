// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/** Creates and removes topics. */
public final class Topics {

  private static final int ATTEMPT_MS = 5_000;

  private Topics() {}

  /**
   * Creates those that are not there yet, and waits until every partition has a leader.
   *
   * @throws LocalStackException if the broker refuses one, or it takes too long
   */
  public static void create(Broker broker, List<Topic> topics, Duration within) {
    if (topics.isEmpty()) {
      return;
    }
    try (Admin admin = broker.admin()) {
      Set<String> there = admin.listTopics().names().get();
      admin
          .createTopics(
              topics.stream()
                  .filter(topic -> !there.contains(topic.name()))
                  .map(Topics::newTopic)
                  .toList())
          .all()
          .get();
      awaitLeaders(admin, topics.stream().map(Topic::name).collect(Collectors.toSet()), within);
    } catch (ExecutionException e) {
      throw new LocalStackException("cannot create topics: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalStackException("interrupted while creating topics", e);
    }
  }

  /**
   * Removes topics; the broker deletes their files when it gets to it.
   *
   * @throws LocalStackException if the broker refuses
   */
  public static void delete(Broker broker, List<String> names) {
    try (Admin admin = broker.admin()) {
      admin.deleteTopics(names).all().get();
    } catch (ExecutionException e) {
      throw new LocalStackException("cannot delete topics: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalStackException("interrupted while deleting topics", e);
    }
  }

  /**
   * The topics whose names begin so.
   *
   * @throws LocalStackException if the broker does not tell
   */
  public static List<String> startingWith(Broker broker, String prefix) {
    try (Admin admin = broker.admin()) {
      return admin.listTopics().names().get().stream()
          .filter(name -> name.startsWith(prefix))
          .toList();
    } catch (ExecutionException e) {
      throw new LocalStackException("cannot list topics: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalStackException("interrupted while listing topics", e);
    }
  }

  /**
   * How many records a topic holds that none was removed from and no transaction wrote to.
   *
   * @throws LocalStackException if the broker does not tell
   */
  public static long records(Broker broker, String name) {
    try (Admin admin = broker.admin()) {
      Map<String, TopicDescription> found =
          admin.describeTopics(List.of(name)).allTopicNames().get();
      return admin.listOffsets(ends(found)).all().get().values().stream()
          .mapToLong(ListOffsetsResultInfo::offset)
          .sum();
    } catch (ExecutionException e) {
      throw new LocalStackException(
          "cannot read offsets of %s: %s".formatted(name, e.getCause().getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalStackException("interrupted while reading offsets", e);
    }
  }

  private static NewTopic newTopic(Topic topic) {
    return new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty())
        .configs(topic.config());
  }

  /**
   * A broker tells of a partition before it leads it. A producer's first batch that comes too early
   * is refused, while the one behind it may be taken; the first is then out of order for good, and
   * expires after two minutes. Of its offsets a partition tells only when it is led.
   */
  private static void awaitLeaders(Admin admin, Collection<String> names, Duration within)
      throws ExecutionException, InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    while (true) {
      try {
        Map<String, TopicDescription> found = admin.describeTopics(names).allTopicNames().get();
        admin
            .listOffsets(ends(found), new ListOffsetsOptions().timeoutMs(ATTEMPT_MS))
            .all()
            .get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        return;
      } catch (ExecutionException e) {
        // created, but the broker has not heard of it yet, or is too busy to answer in time
        if (!(e.getCause() instanceof RetriableException)) {
          throw e;
        }
      } catch (TimeoutException e) {
        throw new LocalStackException(
            "topics %s have no leaders within %d s".formatted(names, within.toSeconds()), e);
      }
      Thread.sleep(50);
    }
  }

  private static Map<TopicPartition, OffsetSpec> ends(Map<String, TopicDescription> topics) {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    topics.forEach(
        (name, topic) ->
            topic
                .partitions()
                .forEach(
                    partition ->
                        ends.put(
                            new TopicPartition(name, partition.partition()), OffsetSpec.latest())));
    return ends;
  }
}
