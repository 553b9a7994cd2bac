// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.verify;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Adds up all buckets and holds them against what was sent. For one thread. */
final class Audit {

  private final Map<Long, SentRun> sent;
  private final Map<Long, Map<Integer, ShardAudit>> runs = new TreeMap<>();
  private final Set<Long> seen = new HashSet<>();
  private long unidentified;

  Audit(Collection<SentRun> sent) {
    this.sent =
        sent.stream().collect(Collectors.toMap(SentRun::run, Function.identity(), SentRun::merge));
    this.sent
        .values()
        .forEach(
            run -> {
              for (int shard = 0; shard < run.next().size(); shard++) {
                shard(run.run(), shard);
              }
            });
  }

  void add(BucketKey key, Bucket bucket) {
    if (key.equals(BucketKey.UNIDENTIFIED)) {
      unidentified += bucket.rows();
      return;
    }
    if (bucket.hasEvents()) {
      seen.add(key.run());
    }
    shard(key.run(), key.shard()).add(key, bucket);
  }

  /**
   * A run that is known from dead letters only is no run: their bytes may be anything. What bears
   * the id of an event that is there is poison, and so is what bears none; poison that bears the id
   * of an event that is not there takes the event's place, and so is missing itself.
   */
  Proof proof(long deadLetters, long doubledDeadLetters, long lostOffsets) {
    List<RunProof> proofs =
        runs.entrySet().stream()
            .filter(run -> seen.contains(run.getKey()) || sent.containsKey(run.getKey()))
            .map(
                run ->
                    new RunProof(
                        run.getKey(),
                        sent.containsKey(run.getKey()),
                        run.getValue().values().stream().map(ShardAudit::proof).toList()))
            .toList();
    long poison = sent.values().stream().mapToLong(SentRun::poison).sum();
    long ofEvents = proofs.stream().mapToLong(RunProof::deadLetters).sum();
    long found = Math.max(0, deadLetters - doubledDeadLetters - ofEvents);
    return new Proof(
        proofs,
        deadLetters,
        doubledDeadLetters,
        unidentified,
        lostOffsets,
        poison,
        Math.max(0, poison - found));
  }

  private ShardAudit shard(long run, int shard) {
    SentRun known = sent.get(run);
    return runs.computeIfAbsent(run, r -> new TreeMap<>())
        .computeIfAbsent(
            shard,
            s ->
                new ShardAudit(
                    s, known == null ? OptionalLong.empty() : OptionalLong.of(known.next(s))));
  }
}
