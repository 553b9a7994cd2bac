// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.billion.producer.pacing.Profile;
import dev.billion.producer.pacing.Rate;
import dev.billion.producer.pacing.Schedule;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EmissionTest {

  private static final long MILLIS = 1_000_000;

  private long now = 5;
  private final Emission emission = new Emission(() -> now, new Meters(new SimpleMeterRegistry()));

  @Test
  void batchesFollowEachOtherWithoutGapUntilTheLastRecord() {
    // Given
    emission.start(plan("max", 2500, null));

    // When
    List<EventBatch> batches = takeAll();

    // Then
    assertThat(batches).extracting(EventBatch::records).containsExactly(1024, 1024, 452);
    assertThat(batches.stream().flatMap(EmissionTest::indexes).sorted())
        .containsExactlyElementsOf(LongStream.range(0, 2500).boxed().toList());
  }

  @Test
  void aBatchIsDueWhenItsLastRecordIs() {
    // Given
    emission.start(plan("100k", Run.UNBOUNDED, null)); // 500 records in 5 ms

    // Then
    assertThat(emission.nanosUntilDue()).isEqualTo(4_990_000);
    now += 4_990_000;
    assertThat(emission.nanosUntilDue()).isZero();
    assertThat(emission.next()).map(EventBatch::records).hasValue(500);
    assertThat(emission.nanosUntilDue()).isEqualTo(5 * MILLIS);
  }

  @Test
  void lateRecordsLeaveInFullBatchesAndKeepTheirIntendedTimes() {
    // Given
    emission.start(plan("100k", Run.UNBOUNDED, null));

    // When
    now += 100 * MILLIS;
    EventBatch first = emission.next().orElseThrow();
    EventBatch second = emission.next().orElseThrow();

    // Then
    assertThat(first.records()).isEqualTo(1024);
    assertThat(first.intendedNanos()).isZero();
    assertThat(second.slices().get(0)).isEqualTo(new Slice(0, 16, 16));
    assertThat(second.intendedNanos()).isEqualTo(10_240_000);
    assertThat(second.readyNanos()).isEqualTo(100 * MILLIS);
  }

  @Test
  void aDurationEndsAPacedEmissionAtItsCountAndAMaximalOneAtItsTime() {
    // Given
    emission.start(plan("10k", Run.UNBOUNDED, Duration.ofSeconds(2)));
    Emission maximal = new Emission(() -> now, new Meters(new SimpleMeterRegistry()));
    maximal.start(plan("max", Run.UNBOUNDED, Duration.ofSeconds(2)));

    // When
    now += 10_000 * MILLIS;

    // Then
    assertThat(takeAll()).extracting(EventBatch::records).satisfies(this::sumIs20k);
    assertThat(maximal.next()).isEmpty();
  }

  @Test
  void isDoneWhenTheLastBatchComesHome() {
    // Given
    emission.start(plan("max", 1500, null));
    List<EventBatch> batches = takeAll();

    // When
    emission.cameHome(batches.get(1));

    // Then
    assertThat(emission.done().toCompletableFuture()).isNotDone();
    assertThat(emission.inFlight()).isEqualTo(1024);
    emission.cameHome(batches.get(0));
    assertThat(emission.done().toCompletableFuture()).isCompleted();
    assertThat(emission.inFlight()).isZero();
  }

  @Test
  void afterAStopNothingIsHandedOutAndTheRestComesHome() {
    // Given
    emission.start(plan("max", Run.UNBOUNDED, null));
    EventBatch batch = emission.next().orElseThrow();

    // When
    emission.stop();

    // Then
    assertThat(emission.next()).isEmpty();
    assertThat(emission.done().toCompletableFuture()).isNotDone();
    emission.cameHome(batch);
    assertThat(emission.done().toCompletableFuture()).isCompleted();
  }

  @Test
  void aLostBatchEndsTheEmissionWithItsReason() {
    // Given
    emission.start(plan("max", Run.UNBOUNDED, null));
    emission.next();

    // When
    emission.lost(new IllegalStateException("fenced"));

    // Then
    assertThat(emission.next()).isEmpty();
    assertThat(emission.done().toCompletableFuture())
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withMessageContaining("fenced");
  }

  @Test
  void stalledTimeRunsOnlyWhileRecordsAreOnTheirWay() {
    // Given
    emission.start(plan("max", Run.UNBOUNDED, null));
    now += 50 * MILLIS;
    assertThat(emission.stalledNanos()).isZero();

    // When
    EventBatch batch = emission.next().orElseThrow();
    now += 70 * MILLIS;

    // Then
    assertThat(emission.stalledNanos()).isEqualTo(70 * MILLIS);
    emission.cameHome(batch);
    assertThat(emission.stalledNanos()).isZero();
  }

  @Test
  void stalledTimeRunsOnWhileWhatIsSentIsTakenBackAgainAndAgain() {
    // Given
    emission.join(plan("max", 640, null));
    emission.grant(Map.of(3, 4L));

    // When
    for (int attempt = 0; attempt < 3; attempt++) {
      EventBatch batch = emission.next().orElseThrow();
      now += 20 * MILLIS;
      emission.takeBack("denied");
      emission.returned(batch);
      now += 50 * MILLIS;
      assertThat(emission.next()).map(EventBatch::records).hasValue(0);
      emission.grant(Map.of(3, 4L));
    }

    // Then
    assertThat(emission.stalledNanos()).isEqualTo(210 * MILLIS);
    assertThat(emission.setback()).hasValue("denied");
    EventBatch batch = emission.next().orElseThrow();
    assertThat(emission.stalledNanos()).isEqualTo(210 * MILLIS);
    emission.cameHome(batch);
    assertThat(emission.stalledNanos()).isZero();
    assertThat(emission.setback()).isEmpty();
  }

  @Test
  void nothingStallsWhenWhatWasTakenBackIsForOthersToSend() {
    // Given
    emission.join(plan("max", 640, null));
    emission.grant(Map.of(3, 4L));
    emission.returned(emission.next().orElseThrow());
    emission.takeBack("denied");
    now += 70 * MILLIS;

    // When
    emission.grant(Map.of());

    // Then
    assertThat(emission.stalledNanos()).isZero();
    assertThat(emission.setback()).isEmpty();
  }

  @Test
  void nothingStallsWhenOthersHaveSentWhatWasTakenBack() {
    // Given
    emission.join(plan("max", 640, null));
    emission.grant(Map.of(3, 4L));
    emission.returned(emission.next().orElseThrow());
    emission.takeBack("denied");
    now += 70 * MILLIS;

    // When
    emission.grant(Map.of(3, 10L));
    assertThat(emission.next()).map(EventBatch::records).hasValue(0);

    // Then
    assertThat(emission.stalledNanos()).isZero();
    assertThat(emission.setback()).isEmpty();
  }

  @Test
  void aMemberHandsOutOnlyWhatItHoldsFromWhereItIs() {
    // Given
    emission.join(plan("max", 640, null));
    assertThat(emission.next()).map(EventBatch::records).hasValue(0);

    // When
    emission.grant(Map.of(3, 4L, 60, 9L));

    // Then
    assertThat(emission.held()).containsExactlyInAnyOrder(3, 60);
    assertThat(emission.next())
        .map(EventBatch::slices)
        .hasValue(List.of(new Slice(3, 4, 6), new Slice(60, 9, 1)));
    assertThat(emission.next()).map(EventBatch::records).hasValue(0);
  }

  @Test
  void whatWasHandedOutButNotSentIsHandedOutAnewWhenTheHoldingChanges() {
    // Given
    emission.join(plan("max", 640, null));
    emission.grant(Map.of(3, 4L));
    EventBatch unsent = emission.next().orElseThrow();

    // When
    emission.grant(Map.of(5, 8L));

    // Then
    assertThat(emission.send(unsent)).isFalse();
    EventBatch again = emission.next().orElseThrow();
    assertThat(again.slices()).containsExactly(new Slice(3, 4, 6), new Slice(5, 8, 2));
    assertThat(emission.send(again)).isTrue();
    assertThat(emission.nextSequences()).containsSequence(10, 0, 10);
  }

  @Test
  void whatIsRevokedIsNotHandedOutUntilItIsGrantedAgain() {
    // Given
    emission.join(plan("max", 640, null));
    emission.grant(Map.of(3, 4L, 5, 0L));
    EventBatch batch = emission.next().orElseThrow();

    // When
    emission.revoke(Set.of(3));

    // Then
    assertThat(emission.send(batch)).isFalse();
    assertThat(emission.next().orElseThrow().slices()).containsExactly(new Slice(5, 0, 10));
    emission.takeBack("fenced");
    assertThat(emission.next()).map(EventBatch::records).hasValue(0);
    emission.grant(Map.of(3, 9L));
    assertThat(emission.next().orElseThrow().slices()).containsExactly(new Slice(3, 9, 1));
  }

  @Test
  void aMemberFollowsAnotherSchedule() {
    // Given
    emission.join(plan("1000", Run.UNBOUNDED, null));
    emission.grant(Map.of(0, 0L));
    now += 1000 * MILLIS;

    // When
    Schedule faster = emission.plan().schedule().withRate(Rate.parse("64k"), 1000 * MILLIS, 0);
    emission.follow(faster);
    now += 100 * MILLIS;

    // Then
    assertThat(emission.targetPerSecond()).isEqualTo(64_000);
    assertThat(emission.next()).map(EventBatch::records).hasValue((1001 + 6400) / 64 + 1);
    emission.follow(faster.withPaused(true, 1100 * MILLIS, 0));
    now += 1000 * MILLIS;
    assertThat(emission.next()).map(EventBatch::records).hasValue(0);
  }

  @Test
  void whatIsLateWhenTheScheduleChangesStaysAsLate() {
    // Given
    emission.join(plan("1000", Run.UNBOUNDED, null));
    emission.grant(Map.of(0, 0L));
    now += 1000 * MILLIS;

    // When
    emission.follow(emission.plan().schedule().withRate(Rate.parse("64k"), 1000 * MILLIS, 0));
    now += 100 * MILLIS;
    EventBatch late = emission.next().orElseThrow();

    // Then
    assertThat(late.intendedNanos()).isZero();
    assertThat(late.readyNanos()).isEqualTo(1100 * MILLIS);
  }

  private void sumIs20k(List<? extends Integer> records) {
    assertThat(records.stream().mapToInt(Integer::intValue).sum()).isEqualTo(20_000);
  }

  @Test
  void delaysOfTheWarmUpAreNotThoseOfTheSteadyPart() {
    // Given
    emission.start(plan("1k", Run.UNBOUNDED, null));
    now += 5_000 * MILLIS;
    takeDue();
    now += 4_990 * MILLIS;
    takeDue();
    assertThat(emission.meters().steadyScheduleDelayMillis()).isEmpty();

    // When
    now += 20 * MILLIS;
    takeDue();

    // Then
    assertThat(emission.meters().scheduleDelayMillis().max()).isCloseTo(5_000, within(5.0));
    assertThat(emission.meters().steadyScheduleDelayMillis().orElseThrow().max())
        .isCloseTo(20, within(1.0));
  }

  private void takeDue() {
    int records = 1;
    while (records > 0) {
      records = emission.next().orElseThrow().records();
    }
  }

  private List<EventBatch> takeAll() {
    List<EventBatch> batches = new ArrayList<>();
    for (Optional<EventBatch> batch = emission.next(); batch.isPresent(); batch = emission.next()) {
      batches.add(batch.get());
    }
    return batches;
  }

  private static Plan plan(String rate, long records, Duration duration) {
    return new Plan(
        new Run(1, 1, 64, records, 1000),
        Schedule.of(Rate.parse(rate), Profile.CONSTANT),
        Optional.ofNullable(duration),
        Duration.ofSeconds(10),
        1024);
  }

  private static Stream<Long> indexes(EventBatch batch) {
    Run run = plan("max", 1, null).run();
    return batch.slices().stream()
        .flatMap(
            slice ->
                LongStream.range(slice.first(), slice.next())
                    .mapToObj(sequence -> run.indexOf(slice.shard(), sequence)));
  }
}
