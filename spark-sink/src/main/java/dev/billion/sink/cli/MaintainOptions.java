// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.cli;

import dev.billion.sink.maintain.MaintainSettings;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** How tables are kept in order. */
final class MaintainOptions {

  @Option(
      names = "--optimize-before",
      defaultValue = "1",
      paramLabel = "DAYS",
      description = "Put files together of days of event time that are at least this many ago.")
  private int optimizeBefore;

  @Option(
      names = "--optimize-quiet",
      defaultValue = "1h",
      paramLabel = "TIME",
      description = "And that nothing was written into for this long.")
  private Duration quiet;

  @Option(
      names = "--zorder",
      split = ",",
      paramLabel = "COLUMN",
      description = "Order the events of such a day by these columns at once.")
  private List<String> zorder = List.of();

  @Option(
      names = "--vacuum-retention",
      paramLabel = "TIME",
      description =
          "Delete files that are no part of a table for this long (default: 7d). Shorter than a batch takes is not safe.")
  private Duration retention = MaintainSettings.USUAL_RETENTION;

  MaintainSettings settings() {
    return new MaintainSettings(optimizeBefore, quiet, zorder, retention);
  }
}
