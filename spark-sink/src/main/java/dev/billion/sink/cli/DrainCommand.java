// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "drain",
    description = "Commits the records that are there now, then ends.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class DrainCommand implements Callable<Integer> {

  private final Surroundings surroundings;
  @Spec private CommandSpec spec;
  @Mixin private StreamOptions options;
  @Mixin private OutputOptions output;

  DrainCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    return SinkRun.execute(spec.commandLine(), options, output, true, surroundings);
  }
}
