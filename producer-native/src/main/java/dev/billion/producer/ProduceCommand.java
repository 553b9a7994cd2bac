// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer;

import dev.billion.producer.flags.AwkwardFlags;
import dev.billion.producer.flags.ConnectionFlags;
import dev.billion.producer.flags.FleetFlags;
import dev.billion.producer.flags.LoadFlags;
import dev.billion.producer.flags.ProcessFlags;
import dev.billion.producer.flags.RunFlags;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** The emitter's flags. Each is checked and becomes a configuration property of this process. */
@Command(
    name = "billion produce",
    mixinStandardHelpOptions = true,
    version = "billion 0.1.0",
    sortOptions = false,
    usageHelpWidth = 110,
    description =
        "Emits deterministic user events to Kafka, on a schedule, until --records or --duration is reached.",
    footer = {
      "",
      "Every setting is also an environment variable, such as EMITTER_RATE or KAFKA_BOOTSTRAP_SERVERS.",
      "The registry's password is read from BILLION_REGISTRY_PASSWORD.",
      "Exit codes: 0 all sent, 1 failed, 2 wrong flag."
    })
final class ProduceCommand implements Callable<Integer> {

  @Mixin ConnectionFlags connection;
  @Mixin LoadFlags load;
  @Mixin FleetFlags fleet;
  @Mixin RunFlags run;
  @Mixin AwkwardFlags awkward;
  @Mixin ProcessFlags process;

  private boolean toRun;

  /** Whether the flags were right and asked for more than help. */
  boolean isToRun() {
    return toRun;
  }

  @Override
  public Integer call() {
    toRun = true;
    return ExitCode.OK;
  }
}
