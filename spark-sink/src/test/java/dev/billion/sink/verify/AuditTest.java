// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.schemas.EventId;
import dev.billion.sink.testing.Events;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AuditTest {

  private static final long RUN = 0x0193a5c1f2aaL;

  private final Tally tally = new Tally();

  @Test
  void sequencesWithoutGapsAreOkOverManyBuckets() {
    events(0, 100_000);

    ShardProof shard = shard(List.of(sent(100_000)));

    assertThat(shard).isEqualTo(new ShardProof(0, 0, 99_999, 100_000, 0, 0, 0, 0));
  }

  @Test
  void aGapIsMissing() {
    events(0, 10);
    events(12, 40_000);

    assertThat(shard(List.of()).missing()).isEqualTo(2);
    assertThat(proof(List.of()).problems())
        .containsExactly("run 0193a5c1f2aa: 2 missing, 0 duplicates, 0 unexpected");
  }

  @Test
  void aLostEndIsSeenOnlyByThoseWhoKnowWhatWasSent() {
    events(0, 90);

    assertThat(shard(List.of()).missing()).isZero();
    assertThat(shard(List.of(sent(100))).missing()).isEqualTo(10);
  }

  @Test
  void aLostShardIsMissingWhole() {
    assertThat(shard(List.of(sent(100))).missing()).isEqualTo(100);
    assertThat(proof(List.of(sent(100))).runs().get(0).records()).isZero();
  }

  @Test
  void eachFurtherCopyIsADuplicate() {
    events(0, 50);
    events(7, 8);
    events(7, 8);

    ShardProof shard = shard(List.of(sent(50)));

    assertThat(shard.duplicates()).isEqualTo(2);
    assertThat(shard.count()).isEqualTo(52);
    assertThat(shard.missing()).isZero();
  }

  @Test
  void whatNobodySentIsUnexpected() {
    events(0, 40_001);

    ShardProof shard = shard(List.of(sent(40_000)));

    assertThat(shard.unexpected()).isEqualTo(1);
    assertThat(proof(List.of(sent(40_000))).ok()).isFalse();
  }

  @Test
  void aDeadLetterAccountsForItsSequence() {
    events(0, 5);
    deadLetter(5);
    events(6, 10);
    deadLetter(10);

    ShardProof shard = shard(List.of(sent(11)));

    assertThat(shard.missing()).isZero();
    assertThat(shard.deadLetters()).isEqualTo(2);
    assertThat(proof(List.of(sent(11))).ok()).isTrue();
  }

  @Test
  void aDeadLetterOfAnEventThatIsThereCountsForNothing() {
    events(0, 5);
    deadLetter(3);

    assertThat(shard(List.of(sent(5))).deadLetters()).isZero();
  }

  @Test
  void aDeadLetterFarBeyondTheEventsMakesNothingMissing() {
    events(0, 5);
    deadLetter(1L << 40);

    assertThat(shard(List.of()).missing()).isZero();
    assertThat(shard(List.of(sent(5))).missing()).isZero();
  }

  @Test
  void aRunOfDeadLettersOnlyIsNone() {
    deadLetter(3);

    assertThat(proof(List.of()).runs()).isEmpty();
    assertThat(proof(List.of()).problems()).containsExactly("no events, so nothing is proven");
  }

  @Test
  void idsOfNoRunAreCounted() {
    events(0, 5);
    tally.addEvent(new byte[EventId.BYTES]);
    tally.addEvent(null);

    assertThat(proof(List.of()).unidentified()).isEqualTo(2);
    assertThat(proof(List.of()).ok()).isFalse();
  }

  @Test
  void theHighestSequenceThereIsHasItsPlace() {
    tally.addEvent(new EventId(RUN, 0, EventId.MAX_SEQUENCE).toBytes());

    assertThat(shard(List.of()).last()).isEqualTo(EventId.MAX_SEQUENCE);
    assertThat(shard(List.of()).missing()).isEqualTo(EventId.MAX_SEQUENCE);
  }

  @Test
  void mergedTalliesAreTheSumOfTheirs() {
    events(0, 10);
    Tally other = new Tally();
    LongStream.range(5, 15).forEach(s -> other.addEvent(new EventId(RUN, 0, s).toBytes()));
    other.buckets().forEach((key, bucket) -> tally.buckets().get(key).merge(bucket));

    assertThat(shard(List.of()).duplicates()).isEqualTo(5);
    assertThat(shard(List.of()).last()).isEqualTo(14);
  }

  @Test
  void twoProducersOfARunAreTakenTogether() {
    events(0, 10);

    SentRun early = new SentRun(RUN, List.of(4L));

    assertThat(shard(List.of(early, sent(10))).unexpected()).isZero();
  }

  @Test
  void poisonIsAmongTheDeadLettersOfNoEvent() {
    // Given
    events(0, 10);
    deadLetter(3); // poison that bears the id of an event that is there
    List<SentRun> sent =
        List.of(new SentRun(RUN, List.of(10L), 2), new SentRun(RUN, List.of(10L), 1));

    // Then
    assertThat(proof(sent, 3).problems()).isEmpty();
    assertThat(proof(sent, 3).poison()).isEqualTo(3);
    assertThat(proof(sent, 5).problems()).isEmpty();
    assertThat(proof(sent, 2).problems()).containsExactly("1 of 3 poison records missing");
  }

  @Test
  void poisonDoesNotHideThatItsEventIsLost() {
    // Given
    events(0, 9);
    deadLetter(9);

    // Then
    assertThat(proof(List.of(sent(10)), 1).problems()).isEmpty();
    assertThat(proof(List.of(new SentRun(RUN, List.of(10L), 1)), 1).problems())
        .containsExactly("1 of 1 poison records missing");
  }

  private void events(long from, long to) {
    LongStream.range(from, to).forEach(s -> tally.addEvent(new EventId(RUN, 0, s).toBytes()));
  }

  private void deadLetter(long sequence) {
    tally.addDeadLetter(Events.value(1, Events.event(RUN, 0, sequence)));
  }

  private static SentRun sent(long next) {
    return new SentRun(RUN, List.of(next));
  }

  private ShardProof shard(List<SentRun> sent) {
    return proof(sent).runs().get(0).shards().get(0);
  }

  private Proof proof(List<SentRun> sent) {
    return proof(sent, 0);
  }

  private Proof proof(List<SentRun> sent, long deadLetters) {
    Audit audit = new Audit(sent);
    tally.buckets().forEach(audit::add);
    return audit.proof(deadLetters, 0, 0);
  }
}
