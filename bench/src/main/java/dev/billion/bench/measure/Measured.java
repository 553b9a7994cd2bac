// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.measure;

import dev.billion.bench.report.Figure;
import dev.billion.bench.report.Row;
import dev.billion.local.ChildProcess;
import dev.billion.local.Errors;
import dev.billion.local.LocalStackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/**
 * A contender that runs and is measured: whenever it tells how far it is, its processor time is
 * read too, so that both belong to the same moment.
 */
public final class Measured {

  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final double BYTES_PER_MEGABYTE = 1e6;

  /**
   * What to run.
   *
   * @param command how
   * @param gcLog where its collections are listed; the command's log where there is no such file
   * @param records how many it will send
   * @param recordBytes mean size of a value
   */
  public record Task(ChildProcess.Command command, Path gcLog, long records, double recordBytes) {}

  private final Task task;
  private final Output output;
  private final List<Sample> samples = new ArrayList<>();
  private final CompletableFuture<Proc> proc = new CompletableFuture<>();
  private double peakMib;

  private Measured(Task task, Output output) {
    this.task = task;
    this.output = output;
  }

  /**
   * Runs it to its end.
   *
   * @throws LocalStackException if it fails
   */
  public static Row run(Task task, Output output) throws InterruptedException {
    return new Measured(task, output).run();
  }

  private Row run() throws InterruptedException {
    samples.add(new Sample(System.nanoTime(), 0, 0));
    ChildProcess process = ChildProcess.start(task.command(), this::read, this::read);
    proc.complete(Proc.of(process.pid()));
    try {
      if (process.onExit().get() != 0) {
        throw new LocalStackException(process.ended());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      process.stop(GRACE);
    }
    return row();
  }

  private synchronized void read(String line) {
    output.sent(line).ifPresent(this::sample);
  }

  private void sample(long sent) {
    Proc running = proc.join();
    long nanos = System.nanoTime();
    try {
      samples.add(new Sample(nanos, running.cpuSeconds(), sent));
      peakMib = Math.max(peakMib, running.peakMib());
    } catch (IOException e) {
      // it ended meanwhile, and what it used is no longer known
    }
  }

  private synchronized Row row() {
    if (samples.size() < 2) {
      throw new LocalStackException(
          "the %s told nothing of its progress; its log: %s"
              .formatted(task.command().name(), task.command().log()));
    }
    Window window = Window.of(samples, task.records());
    double perSecond = window.records() / window.seconds();
    Map<Figure, Double> figures = new EnumMap<>(output.figures());
    figures.put(Figure.RECORDS_PER_SECOND, perSecond);
    figures.put(Figure.MEGABYTES_PER_SECOND, perSecond * task.recordBytes() / BYTES_PER_MEGABYTE);
    figures.put(Figure.RECORDS_PER_CPU_SECOND, window.records() / window.cpuSeconds());
    figures.put(Figure.CPU_SECONDS_PER_MILLION, window.cpuSeconds() / window.records() * 1e6);
    figures.put(Figure.CORES, window.cpuSeconds() / window.seconds());
    figures.put(Figure.RSS_PEAK, peakMib);
    allocatedPerSecond(window)
        .ifPresent(bytes -> figures.put(Figure.ALLOCATION, bytes / perSecond));
    return new Row(task.command().name(), window.steady(), figures);
  }

  private OptionalDouble allocatedPerSecond(Window window) {
    long start = samples.get(0).nanos();
    Path log = Files.exists(task.gcLog()) ? task.gcLog() : task.command().log();
    try (Stream<String> lines = Files.lines(log)) {
      return GcLog.parse(lines)
          .allocatedPerSecond(
              (window.from().nanos() - start) / 1e9, (window.to().nanos() - start) / 1e9);
    } catch (IOException e) {
      throw new LocalStackException("cannot read " + Errors.describe(e), e);
    }
  }
}
