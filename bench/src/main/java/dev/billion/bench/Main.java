// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench;

import dev.billion.bench.encode.EncodeCommand;
import dev.billion.local.Cli;
import java.util.List;
import picocli.CommandLine.Command;

/** The benchmarks. */
@Command(
    name = "billion bench",
    description = "Measure on this machine.",
    synopsisSubcommandLabel = "COMMAND")
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    Cli.run(
        arguments,
        new Main(),
        stop ->
            List.of(
                new ProducerCommand(),
                new PacedCommand(),
                new StartCommand(),
                new EncodeCommand(),
                new SinkCommand(),
                new PipelineCommand()));
  }
}
