// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import dev.billion.schemas.DeadLetterReason;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * What was read of the topic.
 *
 * @param records how many
 * @param newest the largest of their Kafka timestamps, in ms since 1970, -1 if there is none
 * @param deadLetters how many of them are new dead letters, by reason
 */
public record Intake(long records, long newest, Map<DeadLetterReason, Long> deadLetters)
    implements Serializable {

  static final Intake NONE = new Intake(0, -1, Map.of());

  public Intake {
    deadLetters = Map.copyOf(deadLetters);
  }

  Intake plus(Intake other) {
    Map<DeadLetterReason, Long> both = new HashMap<>(deadLetters);
    other.deadLetters.forEach((reason, count) -> both.merge(reason, count, Long::sum));
    return new Intake(records + other.records, Math.max(newest, other.newest), both);
  }

  /** Counts as a task reads. For one thread. */
  static final class Counter {

    private long records;
    private long newest = -1;
    private final Map<DeadLetterReason, Long> deadLetters = new HashMap<>();

    void read(long timestamp) {
      records++;
      newest = Math.max(newest, timestamp);
    }

    void deadLetter(DeadLetterReason reason) {
      deadLetters.merge(reason, 1L, Long::sum);
    }

    Intake total() {
      return new Intake(records, newest, deadLetters);
    }
  }
}
