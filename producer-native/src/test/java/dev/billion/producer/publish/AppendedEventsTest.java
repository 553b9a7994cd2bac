// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;

class AppendedEventsTest {

  private static final int SHARD = 3;
  private static final Exception REFUSAL = new RecordTooLargeException("too large");

  private final Told told = new Told();

  @Test
  void areCountedWhenTheLastIsThere() {
    // Given
    AppendedEvents events = events(100, 3);

    // When
    events.onCompletion(sized(10), null);
    events.onCompletion(sized(20), null);
    assertThat(told.lines).isEmpty();
    events.onCompletion(sized(30), null);

    // Then
    assertThat(told.lines).containsExactly("3 events, 60 bytes");
  }

  @Test
  void oneThatIsRefusedIsTheOneWhoseTurnItIs() {
    // Given
    AppendedEvents events = events(100, 3);

    // When
    events.onCompletion(sized(10), null);
    events.onCompletion(null, REFUSAL);
    events.onCompletion(sized(30), null);

    // Then
    assertThat(told.lines).containsExactly("refused: 3/101", "2 events, 40 bytes");
  }

  @Test
  void ofThoseThatAreAllRefusedNoneIsDelivered() {
    // Given
    AppendedEvents events = events(0, 2);

    // When
    events.onCompletion(null, REFUSAL);
    events.onCompletion(null, REFUSAL);

    // Then
    assertThat(told.lines).containsExactly("refused: 3/0", "refused: 3/1");
  }

  private AppendedEvents events(long first, int count) {
    AppendedEvents events = new AppendedEvents(told, SHARD, first);
    for (int i = 0; i < count; i++) {
      events.add();
    }
    return events;
  }

  private static RecordMetadata sized(int valueBytes) {
    return new RecordMetadata(new TopicPartition("topic", 0), 0, 0, 0, -1, valueBytes);
  }

  private static final class Told implements Outcome {

    private final List<String> lines = new ArrayList<>();

    @Override
    public void delivered(int events, long valueBytes) {
      lines.add("%d events, %d bytes".formatted(events, valueBytes));
    }

    @Override
    public void refused(int shard, long sequence, Exception failure) {
      assertThat(failure).isSameAs(REFUSAL);
      lines.add("refused: %d/%d".formatted(shard, sequence));
    }

    @Override
    public Callback ofPoison(int shard, long sequence) {
      throw new UnsupportedOperationException("no poison");
    }

    @Override
    public void failed(int shard, long sequence, Exception failure) {
      throw new UnsupportedOperationException("all were appended");
    }
  }
}
