// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench;

import dev.billion.bench.contender.Contender;
import dev.billion.bench.report.Row;
import dev.billion.local.Checkout;
import dev.billion.local.LocalStackException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * Ways of sending, one beside the other.
 *
 * @param options the flags
 * @param records for each run
 * @param partitions of each run's topic
 * @param warmUp records that the first contender sends beforehand, on a topic of their own, so that
 *     the broker has compiled its code; 0 for none
 * @param all makes the contenders, once there is an arena
 */
record Contest(
    BenchOptions options,
    long records,
    int partitions,
    long warmUp,
    Function<Arena, List<Contender>> all)
    implements Benchmark.Subject {

  @Override
  public List<Row> measure(Checkout checkout, Path directory) throws InterruptedException {
    try (Arena arena = Arena.open(checkout, directory, options.compression, partitions)) {
      List<Contender> contenders = all.apply(arena);
      if (contenders.isEmpty()) {
        throw new LocalStackException("nothing to run");
      }
      if (warmUp > 0) {
        arena.run(contenders.get(0), warmUp, 0);
      }
      return new Rounds(options.rounds, System.err)
          .run(
              contenders,
              (contender, round) -> arena.run(contender, contender.records(records), round));
    }
  }
}
