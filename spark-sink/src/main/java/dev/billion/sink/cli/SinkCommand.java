// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: parses, runs, and turns every failure into one line and an exit code. */
@Command(
    name = "billion-sink",
    description = "Commits a Kafka topic to Delta Lake exactly once, and proves it.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
public final class SinkCommand {

  private SinkCommand() {}

  /**
   * Runs one command.
   *
   * @return the exit code: 0 done, 1 failed, 2 not understood
   */
  public static int run(String[] args, Surroundings surroundings) {
    CommandLine commandLine = new CommandLine(new SinkCommand());
    commandLine.addSubcommand(new StreamCommand(surroundings));
    commandLine.addSubcommand(new DrainCommand(surroundings));
    commandLine.addSubcommand(new VerifyCommand(surroundings));
    commandLine.addSubcommand(new KpiCommand(surroundings));
    commandLine.addSubcommand(new ReplayCommand(surroundings));
    commandLine.addSubcommand(new MaintainCommand(surroundings));
    Converters.register(commandLine);
    commandLine.setOut(new PrintWriter(surroundings.out(), true, UTF_8));
    commandLine.setErr(new PrintWriter(surroundings.err(), true, UTF_8));
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setParameterExceptionHandler(
        (e, rest) -> {
          surroundings.err().println(ErrorLine.usage(e));
          return CommandLine.ExitCode.USAGE;
        });
    commandLine.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          surroundings.err().println(ErrorLine.of(e));
          return CommandLine.ExitCode.SOFTWARE;
        });
    return commandLine.execute(args);
  }
}
