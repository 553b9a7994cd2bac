// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.billion.producer.run.Emissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sequences that are committed outside of any transaction, as at-least-once delivery has it. */
class MembershipTest {

  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Map<TopicPartition, OffsetAndMetadata> EARLIER = sequences(7);
  private static final Map<TopicPartition, OffsetAndMetadata> LATER = sequences(9);

  private final List<Exception> failures = new CopyOnWriteArrayList<>();
  private final Group group = new Group();
  private final Membership membership =
      new Membership(group, "shards", SOON, Emissions.fresh(), new NoWork(), failures::add);

  @AfterEach
  void leave() throws InterruptedException {
    membership.leave(new Deadline(SOON));
  }

  @Test
  void sequencesThatCannotBeCommittedWhileTheBrokerIsAwayAreKeptUntilItIsBack() {
    // Given
    group.answers.add(new TimeoutException("away"));
    group.answers.add(new TimeoutException("still away"));

    // When
    membership.commit(EARLIER);
    membership.commit(LATER);
    membership.join();

    // Then
    await().atMost(SOON).untilAsserted(() -> assertThat(group.taken).contains(LATER));
    assertThat(group.asked).containsExactly(EARLIER, EARLIER, EARLIER, LATER);
    assertThat(group.taken).containsExactly(EARLIER, LATER);
    assertThat(failures).isEmpty();
  }

  @Test
  void sequencesThatTheGroupRefusesAreTheNextHoldersToCommit() {
    // Given
    group.answers.add(new CommitFailedException("the group has moved on"));

    // When
    membership.commit(EARLIER);
    membership.commit(LATER);
    membership.join();

    // Then
    await().atMost(SOON).untilAsserted(() -> assertThat(group.taken).contains(LATER));
    assertThat(group.asked).containsExactly(EARLIER, LATER);
    assertThat(failures).isEmpty();
  }

  private static Map<TopicPartition, OffsetAndMetadata> sequences(long next) {
    return Map.of(new TopicPartition("shards", 3), new OffsetAndMetadata(next));
  }

  /** A group that answers a commit with the next failure there is. */
  private static final class Group extends MockConsumer<byte[], byte[]> {

    private final Queue<RuntimeException> answers = new ArrayDeque<>();
    private final List<Map<TopicPartition, OffsetAndMetadata>> asked = new CopyOnWriteArrayList<>();
    private final List<Map<TopicPartition, OffsetAndMetadata>> taken = new CopyOnWriteArrayList<>();

    Group() {
      super("earliest");
    }

    @Override
    public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> sequences) {
      asked.add(sequences);
      if (!answers.isEmpty()) {
        throw answers.remove();
      }
      taken.add(sequences);
    }
  }

  private static final class NoWork implements Membership.Work {

    @Override
    public void commitBeforeRevocation() {}

    @Override
    public void condemn() {}
  }
}
