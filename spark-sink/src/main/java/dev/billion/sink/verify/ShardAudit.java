// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.verify;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Adds up the buckets of one shard. For one thread. */
final class ShardAudit {

  private final int shard;
  private final OptionalLong sent;
  private long first = -1;
  private long last = -1;
  private long rows;
  private long distinct;
  private long expected;
  private final Map<Long, long[]> deadLetters = new HashMap<>();

  /**
   * @param sent the next sequence of the shard, empty if nobody said
   */
  ShardAudit(int shard, OptionalLong sent) {
    this.shard = shard;
    this.sent = sent;
  }

  void add(BucketKey key, Bucket bucket) {
    long start = key.firstSequence();
    if (bucket.hasEvents()) {
      first =
          first < 0
              ? start + Bits.first(bucket.events())
              : Math.min(first, start + Bits.first(bucket.events()));
      last = Math.max(last, start + Bits.last(bucket.events()));
    }
    rows += bucket.rows();
    distinct += Bits.countBelow(bucket.events(), Bucket.SEQUENCES);
    expected += Bits.countBelow(bucket.events(), sent.orElse(Long.MAX_VALUE) - start);
    if (bucket.hasDeadLetters()) {
      deadLetters.put(start, bucket.deadLettersOnly());
    }
  }

  /** Without a word from the producers, the highest sequence in the table is taken as the last. */
  ShardProof proof() {
    long next = sent.orElse(last + 1);
    long missing = next - expected - deadLettersBelow(next);
    return new ShardProof(
        shard,
        first,
        last,
        rows,
        missing,
        rows - distinct,
        deadLettersBelow(sent.orElse(Long.MAX_VALUE)),
        distinct - expected);
  }

  private long deadLettersBelow(long next) {
    return deadLetters.entrySet().stream()
        .mapToLong(entry -> Bits.countBelow(entry.getValue(), next - entry.getKey()))
        .sum();
  }
}
