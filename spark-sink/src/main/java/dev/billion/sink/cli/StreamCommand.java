// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "stream",
    description = "Commits records as they come, until SIGTERM or Ctrl-C.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class StreamCommand implements Callable<Integer> {

  private final Surroundings surroundings;
  @Spec private CommandSpec spec;
  @Mixin private StreamOptions options;
  @Mixin private OutputOptions output;

  @Option(names = "--drain", description = "Commit what is there now, then end.")
  private boolean drain;

  StreamCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    return SinkRun.execute(spec.commandLine(), options, output, drain, surroundings);
  }
}
