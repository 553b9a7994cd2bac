// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

import java.util.List;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** How a program of several commands runs: help, exit codes, and errors of one line. */
public final class Cli {

  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private Cli() {}

  /**
   * Runs a command and exits: 0 well, 1 failed, 2 for a command line that makes no sense. The
   * thread is interrupted when the JVM is asked to stop.
   *
   * @param program what the commands belong to
   * @param commands makes them
   */
  public static void run(
      String[] arguments, Object program, Function<StopRequest, List<Object>> commands) {
    StopRequest stop = StopRequest.interrupting(Thread.currentThread());
    int status = commandLine(program, commands.apply(stop), stop).execute(arguments);
    System.out.flush();
    stop.finished(status);
    System.exit(status);
  }

  private static CommandLine commandLine(Object program, List<Object> commands, StopRequest stop) {
    CommandLine main = new CommandLine(program);
    commands.forEach(main::addSubcommand);
    main.setParameterExceptionHandler(Cli::usage)
        .setExecutionExceptionHandler((trouble, command, parsed) -> failed(trouble, stop));
    addHelp(main);
    main.getSubcommands().values().forEach(Cli::addHelp);
    return main;
  }

  private static void addHelp(CommandLine command) {
    command
        .getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help.")
                .build());
  }

  private static int usage(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    String message = e.getMessage().lines().findFirst().orElse("");
    System.err.printf(
        "error: %s (see ./%s --help)%n", message, command.getCommandSpec().qualifiedName());
    return USAGE;
  }

  private static int failed(Exception trouble, StopRequest stop) throws Exception {
    if (stop.requested()) {
      return FAILED;
    }
    if (trouble instanceof LocalStackException) {
      System.err.println("error: " + trouble.getMessage());
      return FAILED;
    }
    throw trouble;
  }
}
