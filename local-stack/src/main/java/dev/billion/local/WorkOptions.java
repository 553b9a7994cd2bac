// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import picocli.CommandLine.Option;

/** Options of a command that runs for a while on a stack of its own: where, and how it reports. */
public final class WorkOptions {

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Work here, and keep it. Default: target/${COMMAND-NAME}/<time>.")
  private Path directory;

  @Option(
      names = "--json",
      description = "Print the result as the last line of standard output; all else to the other.")
  private boolean json;

  /** Where a command works. */
  public WorkPlace place(Checkout checkout, String command, Clock clock) {
    return WorkPlace.of(checkout, command, directory, clock);
  }

  public boolean json() {
    return json;
  }

  /** What is for people goes here. */
  public PrintStream out() {
    return json ? System.err : System.out;
  }
}
