// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s.autoscale;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.billion.schemas.EventId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SentTest {

  private static final long RUN = 0xa1;

  private Sent sent;

  @BeforeEach
  void twoShardsOfTwoAndOne() throws Exception {
    sent =
        new Sent(
            new ObjectMapper().readTree("{\"run\": \"0000000000a1\", \"next_sequences\": [2, 1]}"));
  }

  @Test
  void allEventsOnceAreNoneMissingAndNoOthers() {
    // When
    sent.found(new EventId(RUN, 0, 0));
    sent.found(new EventId(RUN, 1, 0));
    sent.found(new EventId(RUN, 0, 1));

    // Then
    assertThat(sent.missing()).isZero();
    assertThat(sent.others()).isZero();
  }

  @Test
  void whatIsThereAgainOrWasNotSentIsNoneOfTheEvents() {
    // When
    sent.found(new EventId(RUN, 0, 0));
    sent.found(new EventId(RUN, 0, 0));
    sent.found(new EventId(RUN, 1, 1));
    sent.found(new EventId(RUN, 2, 0));
    sent.found(new EventId(RUN + 1, 0, 1));

    // Then
    assertThat(sent.missing()).isEqualTo(2);
    assertThat(sent.others()).isEqualTo(4);
  }
}
