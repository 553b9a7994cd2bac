// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.verify;

import java.io.Serializable;

/** Which {@link Bucket}: a run, a shard of it, and the first sequence divided by its size. */
record BucketKey(long run, int shard, long number) implements Serializable {

  /** Where rows go whose id is of no run. */
  static final BucketKey UNIDENTIFIED = new BucketKey(-1, -1, -1);

  static BucketKey of(long run, int shard, long sequence) {
    return new BucketKey(run, shard, sequence / Bucket.SEQUENCES);
  }

  long firstSequence() {
    return number * Bucket.SEQUENCES;
  }
}
