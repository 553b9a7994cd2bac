// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench;

import dev.billion.bench.pipeline.DueTime;
import dev.billion.bench.pipeline.PipelineWatcher;
import dev.billion.bench.report.Figure;
import dev.billion.bench.report.Row;
import dev.billion.bench.table.CommitDelays;
import dev.billion.bench.table.DataFile;
import dev.billion.bench.table.DeltaLog;
import dev.billion.local.Checkout;
import dev.billion.local.LocalStack;
import dev.billion.local.LocalStackException;
import dev.billion.local.Topic;
import dev.billion.local.demo.Demo;
import dev.billion.local.demo.DemoOptions;
import dev.billion.local.demo.LiveLine;
import dev.billion.local.demo.Programs;
import dev.billion.local.demo.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Producer, broker and sink at once, at a rate, until every record is committed, and the proof.
 *
 * @param rate records/s
 * @param records how many
 * @param partitions of the topic
 * @param sinkOptions more options of the sink
 */
record Pipeline(long rate, long records, int partitions, List<String> sinkOptions)
    implements Benchmark.Subject {

  private static final int SHARDS = 64;
  private static final double WARM_UP = 0.2;

  @Override
  public List<Row> measure(Checkout checkout, Path directory) throws InterruptedException {
    Workspace space = new Workspace(directory);
    try (LocalStack stack =
        LocalStack.builder()
            .directory(directory)
            .brokerHeap("1g")
            .topic(Topic.of(Programs.TOPIC, partitions))
            .topic(Topic.of(Programs.TOPIC + "-dead-letters", 1))
            .closedAtExit(false)
            .start()) {
      PipelineWatcher watcher =
          new PipelineWatcher(records, stack.broker().pid(), new LiveLine(System.err, false));
      // the sink's JVM as for a long run, however short this one is
      Programs programs =
          Programs.of(checkout, stack.java(), "4g", Long.MAX_VALUE).streaming(sinkOptions);
      if (!new Demo(options(), space, stack, programs, watcher, System::nanoTime).run().ok()) {
        throw new LocalStackException("the proof failed; its log: " + space.log("verifier"));
      }
      return watcher.rows(ofSink(space, stack), List.of(Proven.NOTE));
    }
  }

  private DemoOptions options() {
    return new DemoOptions(
        records,
        OptionalLong.of(rate),
        SHARDS,
        partitions,
        OptionalLong.empty(),
        DemoOptions.Deadlines.DEFAULT);
  }

  private Map<Figure, Double> ofSink(Workspace space, LocalStack stack) {
    DeltaLog log = DeltaLog.read(space.events());
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    figures.put(Figure.BYTES_PER_ROW, (double) log.bytes() / log.records());
    figures.put(Figure.FILES, (double) log.files().size());
    log.files().stream()
        .flatMap(file -> file.events().map(DataFile.Span::earliest).stream())
        .min(Instant::compareTo)
        .ifPresent(
            start -> {
              Duration warmUp = Duration.ofMillis(Math.round(WARM_UP * records / rate * 1e3));
              Duration dueAfter = DueTime.afterEventTime(stack.bootstrap(), Programs.TOPIC);
              figures.putAll(new CommitDelays(log, start.plus(warmUp), dueAfter).figures());
            });
    return figures;
  }
}
