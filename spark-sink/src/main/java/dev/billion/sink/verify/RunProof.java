// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.verify;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What the tables have of one run.
 *
 * @param run the run
 * @param sent whether it was compared with what its producers said; if not, records missing at the
 *     end of a shard cannot be seen
 * @param shards its shards, in order
 */
public record RunProof(long run, boolean sent, List<ShardProof> shards) {

  public RunProof {
    shards = List.copyOf(shards);
  }

  /** The run as people see it: 12 hex digits. */
  public String name() {
    return "%012x".formatted(run);
  }

  public long records() {
    return sum(ShardProof::count);
  }

  public long missing() {
    return sum(ShardProof::missing);
  }

  public long duplicates() {
    return sum(ShardProof::duplicates);
  }

  public long deadLetters() {
    return sum(ShardProof::deadLetters);
  }

  public long unexpected() {
    return sum(ShardProof::unexpected);
  }

  public boolean ok() {
    return missing() == 0 && duplicates() == 0 && unexpected() == 0;
  }

  private long sum(ToLongFunction<ShardProof> part) {
    return shards.stream().mapToLong(part).sum();
  }
}
