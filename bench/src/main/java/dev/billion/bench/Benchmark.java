// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
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

/**
 * A benchmark on a broker of its own.
 *
 * @param name what it is called
 * @param json whether the result is one line of JSON
 * @param columns what is shown
 */
record Benchmark(String name, boolean json, List<Figure> columns) {

  /** What is measured. */
  interface Subject {

    /**
     * Measures it.
     *
     * @param directory for it alone; its logs are below {@code logs}, a broker's files below {@code
     *     broker}
     * @throws LocalStackException if a part fails
     */
    List<Row> measure(Checkout checkout, Path directory) throws InterruptedException;
  }

  /**
   * Runs it and prints the result.
   *
   * @param settings what is worth knowing of the flags
   */
  void run(Subject subject, ObjectNode settings, PrintStream out) throws InterruptedException {
    Machine machine = Machine.read();
    Checkout checkout = Checkout.find();
    Path directory =
        checkout
            .root()
            .resolve(Path.of("target", "bench", name + "-" + ProcessHandle.current().pid()));
    List<Row> rows;
    try {
      rows = subject.measure(checkout, directory);
    } catch (InterruptedException e) {
      Directories.remove(directory);
      throw e;
    } catch (LocalStackException e) {
      Directories.remove(directory.resolve("broker"));
      throw new LocalStackException(e.getMessage() + "; kept: " + directory, e);
    }
    Directories.remove(directory);
    Report report = new Report(name, machine, settings, columns, rows);
    out.println(json ? report.json() : report.table() + "\n\n" + machine.text());
  }
}
