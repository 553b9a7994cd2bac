// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.billion.producer.run.Run;
import dev.billion.schemas.Quantity;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AwkwardTest {

  private static final int SCHEMA_ID = 17;
  private static final long START_MILLIS = 1_750_000_000_000L;
  private static final int MANY = 100_000;
  private static final int GOLDEN = 315119443;

  /** What a normal deviate exceeds, upwards or downwards, once in 10,000. */
  private static final double SIGMAS = 3.9;

  private final EventSource plain = source(1, Awkward.NONE);
  private final Event original = new Event();
  private final Event event = new Event();

  @ParameterizedTest
  @CsvSource({"0.1%, 1ms", "1%, 10m", "50%, 2h", "100%, 36500d"})
  void aShareOfTheEventsIsLateByMoreThanNothingAndNoMoreThanAskedFor(Share share, String by) {
    // Given
    Duration atMost = Quantity.time(by);
    EventSource source = source(1, late(share, atMost));
    long mostMicros = atMost.toMillis() * 1000;

    // When
    int late = 0;
    for (long index = 0; index < MANY; index++) {
      long micros = lateMicros(source, index);
      late += micros == 0 ? 0 : 1;

      // Then
      assertThat(micros).isBetween(0L, mostMicros);
    }
    assertShare(late, share.billionths() / 1e9);
  }

  @Test
  void latenessIsSpreadEvenly() {
    // Given
    EventSource source = source(1, late(Share.parse("100%"), Duration.ofMinutes(10)));

    // When
    int[] tenths = new int[10];
    for (long index = 0; index < MANY; index++) {
      tenths[(int) ((lateMicros(source, index) - 1) * 10 / 600_000_000L)]++;
    }

    // Then
    assertThat(chiSquare(tenths, 0.1)).isLessThan(33.7); // 9 degrees of freedom, p = 0.0001
  }

  @Test
  void nothingButTheTimeOfALateEventIsOther() {
    // Given
    EventSource source = source(1, late(Share.parse("100%"), Duration.ofMinutes(10)));

    for (long index = 0; index < 1000; index++) {
      // When
      plain.read(index, original);
      source.read(index, event);
      event.timeMicros = original.timeMicros;

      // Then
      assertThat(value(event)).isEqualTo(value(original));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1:80,v2:20", "v1:1,v2:2", "v1:999,v2:1", "v2:1"})
  void versionsHaveTheirShares(String text) {
    // Given
    SchemaMix mix = SchemaMix.parse(text);
    EventSource source = source(1, mixed(mix));

    // When
    int second = 0;
    Map<String, Integer> apps = new HashMap<>();
    for (long index = 0; index < MANY; index++) {
      source.read(index, event);
      second += event.version() == 2 ? 1 : 0;
      if (event.version() == 2) {
        apps.merge(String.valueOf(Text.valueOf(event.appVersion)), 1, Integer::sum);
      } else {
        assertThat(event.appVersion).isNull();
      }
    }

    // Then
    double whole = mix.weights().get(0) + mix.weights().get(1);
    assertShare(second, mix.weights().get(1) / whole);
    if (second > 1000) {
      assertThat(apps).containsOnlyKeys("5.2.0", "5.1.3", "4.19.8", "null");
    }
  }

  @Test
  void anEventOfTheFirstVersionIsTheSameInAnyMix() {
    EventSource source = source(1, mixed(SchemaMix.parse("v1:1,v2:1")));
    for (long index = 0; index < 1000; index++) {
      plain.read(index, original);
      source.read(index, event);
      byte[] first = value(original);
      byte[] read = value(event);
      assertThat(event.version() == 1 ? read : Arrays.copyOf(read, first.length)).isEqualTo(first);
    }
  }

  @Test
  void latenessVersionsAndPoisonDoNotDependOnEachOther() {
    // Given
    EventSource source =
        source(
            1,
            new Awkward(
                new Lateness(Share.parse("50%"), Duration.ofMinutes(1)),
                Share.parse("50%"),
                Keys.NONE,
                SchemaMix.parse("v1:1,v2:1")));
    Poison poison = source.poison();

    // When
    int[] combinations = new int[8];
    for (long index = 0; index < MANY; index++) {
      int late = lateMicros(source, index) > 0 ? 1 : 0;
      int second = event.version() == 2 ? 2 : 0;
      int poisoned = poison.after((int) (index % 64), index / 64) != null ? 4 : 0;
      combinations[late + second + poisoned]++;
    }

    // Then
    assertThat(chiSquare(combinations, 0.125)).isLessThan(29.9); // 7 degrees, p = 0.0001
  }

  @Test
  void theSameRunIsAwkwardInTheSamePlacesInAnyOrder() {
    // Given
    Awkward awkward = allOfIt();
    byte[][] forwards = new byte[MANY][];
    EventSource one = source(1, awkward);
    for (int index = 0; index < MANY; index++) {
      one.read(index, event);
      forwards[index] = value(event);
    }

    // When
    byte[][] backwards = new byte[MANY][];
    EventSource other = source(1, awkward);
    for (int index = MANY - 1; index >= 0; index--) {
      other.read(index % 64, index / 64, event);
      backwards[index] = value(event);
    }

    // Then
    assertThat(backwards).isDeepEqualTo(forwards);
    assertThat(Arrays.deepHashCode(forwards)).isEqualTo(GOLDEN);
  }

  @Test
  void anotherSeedIsAwkwardInOtherPlaces() {
    EventSource one = source(1, late(Share.parse("50%"), Duration.ofMinutes(1)));
    EventSource other = source(2, late(Share.parse("50%"), Duration.ofMinutes(1)));
    int same = 0;
    for (long index = 0; index < MANY; index++) {
      same += lateMicros(one, index) > 0 == lateMicros(other, index) > 0 ? 1 : 0;
    }
    assertShare(same, 0.5);
  }

  @Test
  void keysNameTheSessionOrTheUser() {
    plain.read(4711, event);
    assertThat(Keys.NONE.of(event)).isNull();
    assertThat(Keys.SESSION.of(event)).matches("[0-9a-f]{16}").isEqualTo(event.get(3).toString());
    assertThat(Keys.USER.of(event)).isEqualTo(event.get(2).toString());
    assertThatThrownBy(() -> Keys.parse("region"))
        .hasMessage("not a kind of keys: 'region' (valid: none, session, user)");
  }

  @Test
  void lateByIsRefusedWithoutLateAndWhereItIsNoTimeToBeLateBy() {
    Share some = Share.parse("1%");
    assertThat(Lateness.of(some, Optional.empty()).atMost()).isEqualTo(Duration.ofMinutes(10));
    assertThat(Lateness.of(Share.NONE, Optional.empty())).isEqualTo(Lateness.NONE);
    assertThatThrownBy(() -> Lateness.of(Share.NONE, Optional.of(Duration.ofMinutes(1))))
        .hasMessage("--late-by is for late events, and there are none: set --late too, such as 1%");
    assertThatThrownBy(() -> Lateness.of(some, Optional.of(Duration.ZERO)))
        .hasMessage("must be from 1ms to 36500d: late-by=0ms");
    assertThatThrownBy(() -> Lateness.of(some, Optional.of(Duration.ofDays(36_501))))
        .hasMessage("must be from 1ms to 36500d: late-by=3153686400000ms");
  }

  /** By how much {@code event}, which is read, is earlier than in a run where none is late. */
  private long lateMicros(EventSource source, long index) {
    plain.read(index, original);
    source.read(index, event);
    return original.timeMicros - event.timeMicros;
  }

  private static void assertShare(int count, double share) {
    double deviation = Math.sqrt(MANY * share * (1 - share));
    assertThat((double) count).isEqualTo(MANY * share, within(SIGMAS * deviation));
  }

  private static double chiSquare(int[] counts, double share) {
    double expected = MANY * share;
    return Arrays.stream(counts)
        .mapToDouble(count -> (count - expected) * (count - expected) / expected)
        .sum();
  }

  private static byte[] value(Event event) {
    return new EventEncoder().encode(SCHEMA_ID, event);
  }

  private static EventSource source(long seed, Awkward awkward) {
    return new EventSource(new Run(START_MILLIS, seed, 64, Run.UNBOUNDED, 1_000_000, awkward));
  }

  private static Awkward late(Share share, Duration atMost) {
    return new Awkward(new Lateness(share, atMost), Share.NONE, Keys.NONE, SchemaMix.FIRST);
  }

  private static Awkward mixed(SchemaMix mix) {
    return new Awkward(Lateness.NONE, Share.NONE, Keys.NONE, mix);
  }

  private static Awkward allOfIt() {
    return new Awkward(
        new Lateness(Share.parse("1%"), Duration.ofMinutes(10)),
        Share.parse("0.01%"),
        Keys.SESSION,
        SchemaMix.parse("v1:80,v2:20"));
  }
}
