// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer;

import dev.billion.producer.control.ControlCommand;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.smallrye.config.ConfigValidationException;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/**
 * The emitter as a process. Flags are read before anything starts, so that a wrong one costs
 * nothing, and become configuration; whatever keeps it from starting is told in one line.
 */
@QuarkusMain
public class Main {

  public static void main(String... args) {
    if (args.length > 0 && args[0].equals("control")) {
      System.exit(execute(new ControlCommand(), Arrays.copyOfRange(args, 1, args.length)));
    }
    ProduceCommand flags = new ProduceCommand();
    int exitCode = execute(flags, args);
    if (exitCode != ExitCode.OK || !flags.isToRun()) {
      System.exit(exitCode);
    }
    Quarkus.run(ProduceApplication.class, Main::exit);
  }

  private static int execute(Object command, String... args) {
    return new CommandLine(command)
        .setParameterExceptionHandler(
            (failure, arguments) -> {
              Console.error(failure.getMessage() + " (see --help)");
              return ExitCode.USAGE;
            })
        .execute(args);
  }

  private static void exit(int exitCode, Throwable failure) {
    if (failure != null) {
      tell(rootCause(failure));
    }
    System.exit(exitCode);
  }

  private static void tell(Throwable failure) {
    if (failure instanceof QuarkusBindException taken) {
      Console.error(
          "port %d on %s is taken: choose another with --http-port"
              .formatted(taken.getPort(), taken.getHost()));
    } else if (failure instanceof ConfigValidationException invalid) {
      Console.error(
          IntStream.range(0, invalid.getProblemCount())
              .mapToObj(
                  i -> invalid.getProblem(i).getMessage().replaceFirst("^[\\w.]+Exception: ", ""))
              .collect(Collectors.joining("; ")));
    } else if (failure instanceof IllegalArgumentException) {
      Console.error(failure.getMessage());
    } else {
      failure.printStackTrace();
      Console.error("cannot start: " + failure);
    }
  }

  private static Throwable rootCause(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && !(root instanceof QuarkusBindException)) {
      root = root.getCause();
    }
    return root;
  }
}
