// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.verify;

import java.util.ArrayList;
import java.util.List;

/**
 * The verdict on a table.
 *
 * @param runs the runs whose events are in it or were said to be sent, in order
 * @param deadLetters rows of the dead-letter table
 * @param doubledDeadLetters those of them whose topic, partition and offset were there before
 * @param unidentified events whose id is of no run
 * @param lostOffsets offsets that were gone from Kafka before the sink read them
 * @param poison records that were said to be sent to become dead letters
 * @param missingPoison how many of them are not among the dead letters
 */
public record Proof(
    List<RunProof> runs,
    long deadLetters,
    long doubledDeadLetters,
    long unidentified,
    long lostOffsets,
    long poison,
    long missingPoison) {

  public Proof {
    runs = List.copyOf(runs);
  }

  public boolean ok() {
    return problems().isEmpty();
  }

  /** What is wrong, nothing if every record is there once. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    for (RunProof run : runs) {
      if (!run.ok()) {
        problems.add(
            "run %s: %d missing, %d duplicates, %d unexpected"
                .formatted(run.name(), run.missing(), run.duplicates(), run.unexpected()));
      }
    }
    if (unidentified > 0) {
      problems.add("%d events without an event id".formatted(unidentified));
    }
    if (doubledDeadLetters > 0) {
      problems.add("%d dead letters stored twice".formatted(doubledDeadLetters));
    }
    if (lostOffsets > 0) {
      problems.add("%d offsets were gone from Kafka before they were read".formatted(lostOffsets));
    }
    if (missingPoison > 0) {
      problems.add("%d of %d poison records missing".formatted(missingPoison, poison));
    }
    if (runs.isEmpty() && problems.isEmpty()) {
      problems.add("no events, so nothing is proven");
    }
    return problems;
  }
}
