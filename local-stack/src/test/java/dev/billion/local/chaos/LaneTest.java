// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaneTest {

  private static final Duration TIME = Duration.ofSeconds(60);

  private final ByHand time = new ByHand();
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private final Diary diary = new Diary(new PrintStream(told, true, StandardCharsets.UTF_8), time);
  private final List<Fault> struck = new ArrayList<>();

  @Test
  void whatIsLateStrikesLateUnlessItWouldLastBeyondTheEnd() throws Exception {
    // Given
    List<Strike> strikes =
        List.of(
            strike(0, Fault.SINK_TERM, 0),
            strike(0, Fault.SINK_KILL, 0),
            strike(40, Fault.SINK_FREEZE, 15));

    // When
    new Lane(new Slow(), strikes, Duration.ZERO, TIME, diary).call();

    // Then
    assertThat(struck).containsExactly(Fault.SINK_TERM, Fault.SINK_KILL);
    assertThat(diary.survived())
        .containsExactly(
            new Survived(Fault.SINK_TERM, Duration.ofSeconds(25)),
            new Survived(Fault.SINK_KILL, Duration.ofSeconds(25)));
    assertThat(told.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            00:00  sink-term
            00:25  sink-term survived after 25.0 s
            00:28  sink-kill
            00:53  sink-kill survived after 25.0 s
            """);
  }

  private static Strike strike(int at, Fault fault, int lasting) {
    return new Strike(Duration.ofSeconds(at), fault, 0, Duration.ofSeconds(lasting));
  }

  private static final class ByHand implements Ticker {

    private long nanos;

    @Override
    public long nanoTime() {
      return nanos;
    }

    @Override
    public void sleep(Duration time) {
      nanos += time.toNanos();
    }
  }

  /** Takes 25 s to come back. */
  private final class Slow implements Part {

    @Override
    public Recovery strike(Strike strike) {
      struck.add(strike.fault());
      time.sleep(Duration.ofSeconds(25));
      return () -> true;
    }

    @Override
    public void tend() {
      throw new AssertionError("a lane tends nothing");
    }
  }
}
