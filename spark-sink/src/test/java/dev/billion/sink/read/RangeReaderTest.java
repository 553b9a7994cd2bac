// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billion.sink.SinkException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RangeReaderTest {

  private static final String TOPIC = "t";
  private static final TopicPartition ZERO = new TopicPartition(TOPIC, 0);
  private static final TopicPartition ONE = new TopicPartition(TOPIC, 1);

  private final MockConsumer<byte[], byte[]> consumer =
      new MockConsumer<>(OffsetResetStrategy.NONE);
  private final Map<Integer, List<Long>> read = new TreeMap<>();

  @Test
  void theRangesAreReadAndNothingElse() throws Exception {
    deliver(ZERO, 3, 4, 5, 6);
    deliver(ONE, 0, 1);

    read(Duration.ofSeconds(10), range(ZERO, 3, 5), range(ONE, 0, 2));

    assertThat(read).containsExactly(Map.entry(0, List.of(3L, 4L)), Map.entry(1, List.of(0L, 1L)));
    assertThat(consumer.paused()).containsExactlyInAnyOrder(ZERO, ONE);
  }

  @Test
  void whatWasReadAheadIsReadAgainInTheNextRange() throws Exception {
    deliver(ZERO, 0, 1, 2, 3);
    read(Duration.ofSeconds(10), range(ZERO, 0, 2));
    deliver(ZERO, 2, 3);

    read(Duration.ofSeconds(10), range(ZERO, 2, 4));

    assertThat(read).containsExactly(Map.entry(0, List.of(0L, 1L, 2L, 3L)));
  }

  @Test
  void offsetsWithoutARecordEndARange() throws Exception {
    deliver(ZERO, 0, 1);
    consumer.schedulePollTask(() -> consumer.seek(ZERO, 4));

    read(Duration.ofSeconds(10), range(ZERO, 0, 4));

    assertThat(read).containsExactly(Map.entry(0, List.of(0L, 1L)));
  }

  @Test
  void anEmptyRangeNeedsNoRecord() throws Exception {
    read(Duration.ofSeconds(10), range(ZERO, 7, 7));

    assertThat(read).isEmpty();
  }

  @Test
  void recordsThatAreGoneAreNotPassedOver() {
    consumer.schedulePollTask(
        () -> consumer.setPollException(new OffsetOutOfRangeException(Map.of(ZERO, 2L))));

    assertThatThrownBy(() -> read(Duration.ofSeconds(10), range(ZERO, 2, 4)))
        .isInstanceOf(OffsetOutOfRangeException.class);
  }

  @Test
  void brokersThatGiveNothingAreNotWaitedForForever() {
    assertThatThrownBy(() -> read(Duration.ZERO, range(ZERO, 2, 4)))
        .isInstanceOf(SinkException.class)
        .hasMessageStartingWith("no records from Kafka within 0 s: t-0 from offset 2 to 4");
  }

  private void read(Duration patience, OffsetRange... ranges) throws Exception {
    Map<TopicPartition, OffsetRange> byPartition =
        new TreeMap<>((a, b) -> a.partition() - b.partition());
    for (OffsetRange range : ranges) {
      byPartition.put(range.topicPartition(), range);
    }
    new RangeReader(consumer, byPartition, patience)
        .read(
            record ->
                read.computeIfAbsent(record.partition(), p -> new ArrayList<>())
                    .add(record.offset()));
  }

  /** Has the next poll give records. */
  private void deliver(TopicPartition partition, long... offsets) {
    consumer.schedulePollTask(
        () ->
            LongStream.of(offsets)
                .forEach(
                    offset ->
                        consumer.addRecord(
                            new ConsumerRecord<>(
                                TOPIC, partition.partition(), offset, null, null))));
  }

  private static OffsetRange range(TopicPartition partition, long from, long until) {
    return new OffsetRange(TOPIC, partition.partition(), from, until);
  }
}
