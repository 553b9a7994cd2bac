// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench;

import dev.billion.bench.contender.Contender;
import dev.billion.bench.contender.Contenders;
import dev.billion.bench.contender.Job;
import dev.billion.bench.measure.FirstRecord;
import dev.billion.bench.report.Figure;
import dev.billion.bench.report.Medians;
import dev.billion.bench.report.Row;
import dev.billion.local.Checkout;
import dev.billion.local.ChildProcess;
import dev.billion.local.LocalStackException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Starts of the emitter, in turn, on a broker that has seen one of each; then one that does next to
 * nothing.
 *
 * @param options the flags
 * @param partitions of the topic
 * @param idleSeconds how long the last one sends a record a second
 */
record Starts(BenchOptions options, int partitions, long idleSeconds) implements Benchmark.Subject {

  private static final String TOPIC = "starts";

  @Override
  public List<Row> measure(Checkout checkout, Path directory) throws InterruptedException {
    try (Arena arena = Arena.open(checkout, directory, options.compression, partitions)) {
      Contenders contenders = new Contenders(arena.setting(), options.only, System.err);
      List<Contender> emitters = contenders.starting(OptionalLong.empty());
      if (emitters.isEmpty()) {
        throw new LocalStackException("nothing to run");
      }
      arena.create(TOPIC);
      List<List<Row>> starts = new ArrayList<>();
      emitters.forEach(emitter -> starts.add(new ArrayList<>()));
      for (int round = 0; round <= options.rounds; round++) {
        for (int i = 0; i < emitters.size(); i++) {
          Row row = start(arena, emitters.get(i), round);
          if (round > 0) { // the one before finds a cold broker
            starts.get(i).add(row);
          }
        }
      }
      List<Contender> idle = contenders.starting(OptionalLong.of(1));
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < emitters.size(); i++) {
        rows.add(row(starts.get(i), arena.run(idle.get(i), idleSeconds, 1)));
      }
      return rows;
    }
  }

  private static Row start(Arena arena, Contender emitter, int round) throws InterruptedException {
    Path logs = arena.directory().resolve("logs");
    String name = "%s-start-%d".formatted(emitter.name(), round);
    double millis =
        FirstRecord.millis(
            new ChildProcess.Command(
                emitter.name(),
                emitter.command(new Job(TOPIC, 1, logs.resolve(name + ".gc"))),
                Map.of(),
                logs.resolve(name + ".log")));
    System.err.printf("start %d: %s %.0f ms%n", round, emitter.name(), millis);
    return new Row(emitter.name(), true, Map.of(Figure.FIRST_RECORD, millis));
  }

  private static Row row(List<Row> starts, Row idle) {
    DoubleSummaryStatistics millis =
        starts.stream()
            .mapToDouble(start -> start.figures().get(Figure.FIRST_RECORD))
            .summaryStatistics();
    Map<Figure, Double> figures = new EnumMap<>(Medians.of(starts).figures());
    figures.put(Figure.FIRST_RECORD_MIN, millis.getMin());
    figures.put(Figure.FIRST_RECORD_MAX, millis.getMax());
    figures.put(Figure.RSS_PEAK, idle.figures().get(Figure.RSS_PEAK));
    return new Row(idle.name(), true, figures);
  }
}
