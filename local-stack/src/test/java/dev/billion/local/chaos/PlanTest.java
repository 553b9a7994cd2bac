// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {

  private static final Set<Fault> ALL = EnumSet.allOf(Fault.class);
  private static final long SEEDS = 200;

  @ParameterizedTest
  @ValueSource(ints = {10, 30, 60, 180, 600})
  void noTargetIsStruckTwiceAtOnceAndAllIsUpAgainAtTheEnd(int seconds) {
    Duration time = Duration.ofSeconds(seconds);
    for (Plan plan : plans(time, ALL)) {
      plan.lanes()
          .forEach(
              (target, strikes) -> {
                Duration free = Duration.ZERO;
                for (Strike strike : strikes) {
                  assertThat(strike.fault().target()).isEqualTo(target);
                  assertThat(strike.at()).isGreaterThanOrEqualTo(free);
                  assertThat(strike.until()).isLessThanOrEqualTo(time);
                  free = strike.until().plus(target.settle());
                }
              });
    }
  }

  @Test
  void everyFaultStrikesGivenTwoMinutesAndEveryTargetGivenHalfOfOne() {
    assertThat(plans(Duration.ofMinutes(2), ALL)).allMatch(plan -> faults(plan).equals(ALL));
    assertThat(plans(Duration.ofSeconds(30), ALL))
        .allMatch(plan -> plan.lanes().values().stream().noneMatch(List::isEmpty));
  }

  @Test
  void itIsTheSameForTheSameSeedAndAnotherForAnother() {
    Duration time = Duration.ofMinutes(2);
    assertThat(Plan.draw(7, time, ALL)).isEqualTo(Plan.draw(7, time, ALL));
    assertThat(plans(time, ALL)).doesNotHaveDuplicates();
  }

  @Test
  void aLongerOneBeginsAsAShorterOne() {
    Map<Target, List<Strike>> longer = Plan.draw(7, Duration.ofMinutes(9), ALL).lanes();
    Plan.draw(7, Duration.ofMinutes(2), ALL)
        .lanes()
        .forEach(
            (target, strikes) ->
                assertThat(longer.get(target)).startsWith(strikes.toArray(Strike[]::new)));
  }

  @Test
  void onlyWhatIsAskedForStrikes() {
    Set<Fault> asked = EnumSet.of(Fault.SINK_KILL, Fault.BROKER_FREEZE);
    assertThat(plans(Duration.ofMinutes(2), asked))
        .allMatch(plan -> faults(plan).equals(asked))
        .allMatch(plan -> plan.lanes().get(Target.EMITTER).isEmpty());
  }

  @Test
  void everyOneOfSeveralIsStruckInTime() {
    List<Integer> brokers = List.of(1, 2, 3);
    Set<Integer> struck =
        Plan.draw(1, Duration.ofMinutes(20), ALL).lanes().get(Target.BROKER).stream()
            .map(strike -> strike.victim(brokers))
            .collect(Collectors.toSet());
    assertThat(struck).containsExactlyInAnyOrderElementsOf(brokers);
  }

  private static List<Plan> plans(Duration time, Set<Fault> faults) {
    return LongStream.range(0, SEEDS).mapToObj(seed -> Plan.draw(seed, time, faults)).toList();
  }

  private static Set<Fault> faults(Plan plan) {
    return plan.lanes().values().stream()
        .flatMap(List::stream)
        .map(Strike::fault)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Fault.class)));
  }
}
