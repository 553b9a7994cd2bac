// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench;

import dev.billion.local.Options;
import picocli.CommandLine.Option;

/** How many records are sent a second, and to how many partitions. */
final class Pace {

  @Option(
      names = "--rate",
      paramLabel = "R",
      defaultValue = "277778",
      converter = Options.Count.class,
      description = "Records a second. Default: ${DEFAULT-VALUE}.")
  long rate;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "120",
      converter = Options.Partitions.class,
      description = "Partitions of the topic. Default: ${DEFAULT-VALUE}.")
  int partitions;
}
