// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.soak;

import dev.billion.schemas.EventId;
import java.util.BitSet;
import java.util.Optional;

/** Counts a run's events: each of its first so many must be there once, and no other. */
final class Census {

  private final long run;
  private final long records;
  private final BitSet[] seen;
  private long duplicates;
  private long beyond;
  private long foreign;

  /**
   * @param run the run's id
   * @param shards into how many it is cut
   * @param records how many events it has, at most 2^31 in a shard
   */
  Census(long run, int shards, long records) {
    this.run = run;
    this.records = records;
    this.seen = new BitSet[shards];
    for (int shard = 0; shard < shards; shard++) {
      seen[shard] = new BitSet();
    }
  }

  void count(EventId event) {
    if (event.run() != run || event.shard() >= seen.length) {
      foreign++;
    } else if (event.sequence() * seen.length + event.shard() >= records) {
      beyond++;
    } else if (seen[event.shard()].get((int) event.sequence())) {
      duplicates++;
    } else {
      seen[event.shard()].set((int) event.sequence());
    }
  }

  /** What is wrong, if anything is. */
  Optional<String> fault() {
    long found = 0;
    for (BitSet shard : seen) {
      found += shard.cardinality();
    }
    if (found == records && duplicates == 0 && beyond == 0 && foreign == 0) {
      return Optional.empty();
    }
    return Optional.of(
        "of %,d events %,d are missing, %,d there again, %,d beyond the last, %,d of no such run"
            .formatted(records, records - found, duplicates, beyond, foreign));
  }
}
