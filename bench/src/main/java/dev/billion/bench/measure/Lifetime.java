// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.measure;

import dev.billion.bench.report.Figure;
import dev.billion.local.ChildProcess;
import dev.billion.local.LocalStackException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A program from its start to its end, measured whole. The kernel adds the processor time of a
 * child that ended to its parent's account of such children: nothing is missed, but no other child
 * may end meanwhile.
 *
 * @param records how many it was done with, as it said last
 * @param figures what could be measured; what could not is missing
 * @param steady whether there is a steady part: from when it first says that records are done to
 *     when it last says that there are more
 */
public record Lifetime(long records, boolean steady, Map<Figure, Double> figures) {

  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final long LOOK_MILLIS = 200;

  /**
   * Runs it to its end.
   *
   * @throws LocalStackException if it fails, or does nothing
   */
  public static Lifetime of(ChildProcess.Command command) throws InterruptedException {
    Proc self = Proc.of(ProcessHandle.current().pid());
    Output output = new JsonOutput();
    CompletableFuture<Advance> started = new CompletableFuture<>();
    double cpuBefore = endedChildrenCpuSeconds(self);
    long start = System.nanoTime();
    ChildProcess process =
        ChildProcess.start(
            command,
            line -> {},
            line -> output.done(line).ifPresent(done -> started.join().to(done)));
    Watch watch = new Watch(process.pid(), start);
    Advance advance = new Advance(watch);
    started.complete(advance);
    try {
      await(process, watch);
    } finally {
      process.stop(GRACE);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    double cpuSeconds = endedChildrenCpuSeconds(self) - cpuBefore;
    return of(advance.done(), seconds, cpuSeconds, watch, command);
  }

  private static void await(ChildProcess process, Watch watch) throws InterruptedException {
    while (true) {
      try {
        if (process.onExit().get(LOOK_MILLIS, TimeUnit.MILLISECONDS) != 0) {
          throw new LocalStackException(process.ended());
        }
        return;
      } catch (TimeoutException e) {
        watch.look();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      }
    }
  }

  private static Lifetime of(
      long records, double seconds, double cpuSeconds, Watch watch, ChildProcess.Command command) {
    if (records == 0) {
      throw new LocalStackException(
          "the %s did nothing; its log: %s".formatted(command.name(), command.log()));
    }
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    figures.put(Figure.RECORDS_PER_SECOND, records / seconds);
    figures.put(Figure.RECORDS_PER_CPU_SECOND, records / cpuSeconds);
    figures.put(Figure.CPU_SECONDS_PER_MILLION, cpuSeconds / records * 1e6);
    figures.put(Figure.CORES, cpuSeconds / seconds);
    figures.put(Figure.RSS_PEAK, watch.peakMib());
    List<Sample> samples = watch.samples(); // the first is the start
    boolean steady = samples.size() > 2;
    if (steady) {
      Window part = new Window(samples.get(1), samples.get(samples.size() - 1), true);
      figures.put(Figure.STEADY_RECORDS_PER_SECOND, part.records() / part.seconds());
      figures.put(Figure.STEADY_CPU_SECONDS_PER_MILLION, part.cpuSeconds() / part.records() * 1e6);
    }
    return new Lifetime(records, steady, figures);
  }

  private static double endedChildrenCpuSeconds(Proc self) {
    try {
      return self.endedChildrenCpuSeconds();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Notes progress where there is some: a sink repeats itself while a batch runs. */
  private static final class Advance {

    private final Watch watch;
    private long done;

    Advance(Watch watch) {
      this.watch = watch;
    }

    synchronized void to(long now) {
      if (now > done) {
        done = now;
        watch.sample(now);
      }
    }

    synchronized long done() {
      return done;
    }
  }
}
