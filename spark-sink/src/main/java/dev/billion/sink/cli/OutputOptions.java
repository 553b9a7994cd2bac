// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.cli;

import picocli.CommandLine.Option;

/** How a command speaks. */
final class OutputOptions {

  @Option(
      names = "--json",
      description = "Progress and result as one JSON object a line, for programs.")
  private boolean json;

  @Option(names = "--verbose", description = "Log what Spark and Kafka do, with stack traces.")
  private boolean verbose;

  boolean json() {
    return json;
  }

  /** Makes the log as loud as asked for; without this it says little. */
  void applyToLog() {
    if (verbose) {
      Log.verbose();
    }
  }
}
