// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.producer.pacing.Rate;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    assertThat(batches).extracting(EventBatch::firstIndex).containsExactly(0L, 1024L, 2048L);
    assertThat(batches).extracting(EventBatch::records).containsExactly(1024, 1024, 452);
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
    assertThat(second.firstIndex()).isEqualTo(1024);
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

  private void sumIs20k(List<? extends Integer> records) {
    assertThat(records.stream().mapToInt(Integer::intValue).sum()).isEqualTo(20_000);
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
        new Run(1, 1, 64, records, 1000), Rate.parse(rate), Optional.ofNullable(duration), 1024);
  }
}
