// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The shards that an emitter holds, and how far each is. Sequences are handed out before they are
 * sent; when the holding changes, what was handed out but not sent is handed out anew. Not safe for
 * use by several threads.
 */
final class Shards {

  private static final int[] NONE = {};

  private final Run run;
  private final long[] sent; // next sequence to send
  private final long[] handedOut; // next sequence to hand out
  private int[] held = NONE;
  private int turn; // where the next batch begins, in held
  private long holding;

  Shards(Run run) {
    this.run = run;
    this.sent = new long[run.shards()];
    this.handedOut = new long[run.shards()];
  }

  /** Names the holding; changes with it. */
  long holding() {
    return holding;
  }

  int count() {
    return held.length;
  }

  Set<Integer> held() {
    return Arrays.stream(held).boxed().collect(Collectors.toSet());
  }

  /** Holds these too, from their next sequences on; those that are held already move there. */
  void grant(Map<Integer, Long> nextSequences) {
    nextSequences.forEach((shard, next) -> sent[shard] = next);
    hold(
        IntStream.concat(
                Arrays.stream(held), nextSequences.keySet().stream().mapToInt(shard -> shard))
            .distinct()
            .sorted()
            .toArray());
  }

  void revoke(Collection<Integer> shards) {
    hold(Arrays.stream(held).filter(shard -> !shards.contains(shard)).toArray());
  }

  void revokeAll() {
    hold(NONE);
  }

  private void hold(int[] shards) {
    held = shards;
    holding++;
    turn = 0;
    System.arraycopy(sent, 0, handedOut, 0, sent.length);
  }

  /** Counts the slices as sent, unless they belong to an earlier holding. */
  boolean send(EventBatch batch) {
    if (batch.holding() != holding) {
      return false;
    }
    batch.slices().forEach(slice -> sent[slice.shard()] = slice.next());
    return true;
  }

  /**
   * Hands out the next events, from each shard in turn.
   *
   * @param due how many events of the run are due
   * @param limit the most to hand out
   */
  List<Slice> take(long due, int limit) {
    List<Slice> slices = new ArrayList<>(held.length);
    int share = held.length == 0 ? 0 : (limit + held.length - 1) / held.length;
    int left = limit;
    int visited = 0;
    for (; visited < held.length && left > 0; visited++) {
      int shard = held[(turn + visited) % held.length];
      long ready = run.nextSequence(shard, due) - handedOut[shard];
      int records = (int) Math.min(Math.min(share, left), ready);
      if (records > 0) {
        slices.add(new Slice(shard, handedOut[shard], records));
        handedOut[shard] += records;
        left -= records;
      }
    }
    turn = held.length == 0 ? 0 : (turn + visited) % held.length;
    return slices;
  }

  /** The first event that is not handed out, of those held; {@link Run#UNBOUNDED} for none. */
  long earliest(long end) {
    long earliest = Run.UNBOUNDED;
    for (int shard : held) {
      if (handedOut[shard] < run.nextSequence(shard, end)) {
        earliest = Math.min(earliest, run.indexOf(shard, handedOut[shard]));
      }
    }
    return earliest;
  }

  /** For each shard the sequence to send next, as far as this emitter knows. */
  long[] nextSequences() {
    return sent.clone();
  }
}
