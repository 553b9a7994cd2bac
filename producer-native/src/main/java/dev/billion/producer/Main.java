// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.smallrye.config.ConfigValidationException;
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
    ProduceCommand flags = new ProduceCommand();
    CommandLine commandLine = new CommandLine(flags);
    int exitCode =
        commandLine
            .setParameterExceptionHandler(
                (failure, arguments) -> {
                  Console.error(failure.getMessage() + " (see --help)");
                  return ExitCode.USAGE;
                })
            .execute(args);
    if (exitCode != ExitCode.OK || !flags.isToRun()) {
      System.exit(exitCode);
    }
    Quarkus.run(ProduceApplication.class, Main::exit);
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
