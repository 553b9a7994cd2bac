// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.schemas.EventId;
import org.junit.jupiter.api.Test;

class CensusTest {

  private static final int RUN = 77;

  /** Shards 0 and 1 have three events, shard 2 has two. */
  private final Census census = new Census(RUN, 3, 8);

  @Test
  void everyEventOnceIsRight() {
    countAll();
    assertThat(census.fault()).isEmpty();
  }

  @Test
  void oneThatIsMissingIsToldApartFromOneThatIsThereTwice() {
    countAll();
    census.count(new EventId(RUN, 1, 2));
    assertThat(census.fault())
        .hasValue("of 8 events 0 are missing, 1 there again, 0 beyond the last, 0 of no such run");
  }

  @Test
  void whatIsBeyondTheLastEventOrOfAnotherRunDoesNotMakeUpForOneThatIsMissing() {
    census.count(new EventId(RUN, 0, 0));
    census.count(new EventId(RUN, 2, 2));
    census.count(new EventId(RUN + 1, 0, 1));
    census.count(new EventId(RUN, 3, 0));
    assertThat(census.fault())
        .hasValue("of 8 events 7 are missing, 0 there again, 1 beyond the last, 2 of no such run");
  }

  private void countAll() {
    for (int index = 0; index < 8; index++) {
      census.count(new EventId(RUN, index % 3, index / 3));
    }
  }
}
