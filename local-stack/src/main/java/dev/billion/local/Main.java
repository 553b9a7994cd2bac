// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

import dev.billion.local.demo.DemoCommand;
import java.time.Clock;
import java.time.ZoneId;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** The commands that bring their own broker and registry. */
@Command(
    name = "billion",
    description = "A real broker and schema registry on this machine.",
    synopsisSubcommandLabel = "COMMAND")
public final class Main {

  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private Main() {}

  /** Runs a command and exits: 0 well, 1 failed, 2 for a command line that makes no sense. */
  public static void main(String[] arguments) {
    StopRequest stop = StopRequest.interrupting(Thread.currentThread());
    int status = commandLine(stop).execute(arguments);
    System.out.flush();
    stop.finished(status);
    System.exit(status);
  }

  private static CommandLine commandLine(StopRequest stop) {
    CommandLine main =
        new CommandLine(new Main())
            .addSubcommand(new UpCommand(System.out))
            .addSubcommand(
                new DemoCommand(stop, System.getenv(), Clock.system(ZoneId.systemDefault())))
            .setParameterExceptionHandler(Main::usage)
            .setExecutionExceptionHandler((trouble, command, parsed) -> failed(trouble, stop));
    addHelp(main);
    main.getSubcommands().values().forEach(Main::addHelp);
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
