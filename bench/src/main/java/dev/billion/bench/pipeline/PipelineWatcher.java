// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.pipeline;

import dev.billion.bench.measure.Watch;
import dev.billion.bench.report.Figure;
import dev.billion.bench.report.Row;
import dev.billion.local.ChildProcess;
import dev.billion.local.LocalStackException;
import dev.billion.local.demo.Progress;
import dev.billion.local.demo.Watcher;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures the processes of a pipeline while it runs. For one thread. */
public final class PipelineWatcher implements Watcher {

  private static final String PRODUCER = "producer";
  private static final String BROKER = "broker";
  private static final String SINK = "sink";

  private final long records;
  private final Watcher line;
  private final Lag lag;
  private final Map<String, Watch> watches = new LinkedHashMap<>();

  /**
   * @param records how many will be sent
   * @param brokerPid the broker's process
   * @param line shows it all to people
   */
  public PipelineWatcher(long records, long brokerPid, Watcher line) {
    this.records = records;
    this.line = line;
    this.lag = new Lag(records);
    watches.put(BROKER, new Watch(brokerPid));
  }

  /**
   * @throws LocalStackException if it has started before
   */
  @Override
  public void started(ChildProcess program) {
    if (watches.put(program.name(), new Watch(program.pid())) != null) {
      throw new LocalStackException(
          "the %s ended, and was started again: nothing to measure".formatted(program.name()));
    }
  }

  @Override
  public void show(Progress progress) {
    watches.forEach(
        (name, watch) -> watch.sample(SINK.equals(name) ? progress.committed() : progress.sent()));
    lag.read(progress.sent(), progress.lag());
    line.show(progress);
  }

  @Override
  public void close() {
    line.close();
  }

  /**
   * What was measured of each process.
   *
   * @param ofSink what else is known of the sink
   */
  public List<Row> rows(Map<Figure, Double> ofSink, List<String> notesOfSink) {
    Map<Figure, Double> more = new EnumMap<>(lag.figures());
    more.putAll(ofSink);
    return List.of(
        row(PRODUCER, Map.of(), List.of()),
        row(BROKER, Map.of(), List.of()),
        row(SINK, more, notesOfSink));
  }

  private Row row(String name, Map<Figure, Double> more, List<String> notes) {
    Watch watch = watches.get(name);
    Map<Figure, Double> figures = new EnumMap<>(watch.figures(records));
    figures.putAll(more);
    return new Row(name, watch.steady(records), figures, notes);
  }
}
