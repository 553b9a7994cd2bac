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
import java.util.EnumMap;
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

  /** The part of a run's records that comes before its steady part. */
  public static final double WARM_UP = 0.2;

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
  private final CompletableFuture<Watch> watch = new CompletableFuture<>();

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
    long start = System.nanoTime();
    ChildProcess process = ChildProcess.start(task.command(), this::read, this::read);
    watch.complete(new Watch(process.pid(), start));
    try {
      if (process.onExit().get() != 0) {
        throw new LocalStackException(process.ended());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      process.stop(GRACE);
    }
    return row(start, watch.join());
  }

  private synchronized void read(String line) {
    output.done(line).ifPresent(watch.join()::sample);
  }

  private synchronized Row row(long start, Watch watched) {
    if (!watched.complete()) {
      throw new LocalStackException(
          "the %s told nothing of its progress; its log: %s"
              .formatted(task.command().name(), task.command().log()));
    }
    Window window = watched.window(task.records());
    double perSecond = window.records() / window.seconds();
    Map<Figure, Double> figures = new EnumMap<>(output.figures());
    figures.putAll(watched.figures(task.records()));
    figures.put(Figure.MEGABYTES_PER_SECOND, perSecond * task.recordBytes() / BYTES_PER_MEGABYTE);
    allocatedPerSecond(start, window)
        .ifPresent(bytes -> figures.put(Figure.ALLOCATION, bytes / perSecond));
    return new Row(task.command().name(), window.steady(), figures);
  }

  private OptionalDouble allocatedPerSecond(long start, Window window) {
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
