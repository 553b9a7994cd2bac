// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billion.bench.contender.Contender;
import dev.billion.bench.report.Figure;
import dev.billion.bench.report.Machine;
import dev.billion.bench.report.Report;
import dev.billion.bench.report.Row;
import dev.billion.local.Checkout;
import dev.billion.local.Directories;
import dev.billion.local.LocalStackException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * A benchmark on a broker of its own.
 *
 * @param name what it is called
 * @param options the flags
 * @param records for each run
 * @param partitions of each run's topic
 * @param columns what is shown
 */
record Benchmark(
    String name, BenchOptions options, long records, int partitions, List<Figure> columns) {

  /**
   * Runs it and prints the result.
   *
   * @param all makes the contenders, once there is an arena
   * @param settings what is worth knowing of the flags
   */
  void run(Function<Arena, List<Contender>> all, ObjectNode settings, PrintStream out)
      throws InterruptedException {
    Machine machine = Machine.read();
    Checkout checkout = Checkout.find();
    Path directory =
        checkout
            .root()
            .resolve(Path.of("target", "bench", name + "-" + ProcessHandle.current().pid()));
    List<Row> rows;
    try {
      rows = rows(checkout, directory, all);
    } catch (InterruptedException e) {
      Directories.remove(directory);
      throw e;
    } catch (LocalStackException e) {
      Directories.remove(directory.resolve("broker"));
      throw new LocalStackException(e.getMessage() + "; kept: " + directory.resolve("logs"), e);
    }
    Directories.remove(directory);
    Report report = new Report(name, machine, settings, columns, rows);
    out.println(options.json ? report.json() : report.table() + "\n\n" + machine.text());
  }

  private List<Row> rows(Checkout checkout, Path directory, Function<Arena, List<Contender>> all)
      throws InterruptedException {
    try (Arena arena = Arena.open(checkout, directory, options.compression, partitions)) {
      List<Contender> contenders = all.apply(arena);
      if (contenders.isEmpty()) {
        throw new LocalStackException("nothing to run");
      }
      return new Rounds(arena, records, options.rounds, System.err).run(contenders);
    }
  }
}
