// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

import dev.billion.local.chaos.ChaosCommand;
import dev.billion.local.demo.DemoCommand;
import dev.billion.local.soak.SoakCommand;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import picocli.CommandLine.Command;

/** The commands that bring their own broker and registry. */
@Command(
    name = "billion",
    description = "A real broker and schema registry on this machine.",
    synopsisSubcommandLabel = "COMMAND")
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    Cli.run(
        arguments,
        new Main(),
        stop ->
            List.of(
                new UpCommand(System.out),
                new DemoCommand(stop, System.getenv(), Clock.system(ZoneId.systemDefault())),
                new SoakCommand(stop, Clock.system(ZoneId.systemDefault())),
                new ChaosCommand(stop, System.getenv(), Clock.system(ZoneId.systemDefault()))));
  }
}
