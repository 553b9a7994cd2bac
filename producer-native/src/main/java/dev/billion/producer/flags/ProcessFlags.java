// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.flags;

import dev.billion.schemas.Quantity;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How the process starts, and how it tells of itself. */
public final class ProcessFlags {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--startup-timeout",
      order = 22,
      paramLabel = "TIME",
      description = "How long broker and registry may take to answer at start. Default: 30s")
  void startupTimeout(String time) {
    Setting.set(spec, "emitter.startup-timeout", time, Quantity::time);
  }

  @Option(
      names = "--http-port",
      order = 23,
      paramLabel = "PORT",
      description = "Port of /q/metrics, /q/health and /emission; 0 for a free one. Default: 8080")
  void httpPort(String port) {
    Setting.set(spec, "quarkus.http.port", port, Integer::parseInt);
  }

  @Option(
      names = "--json",
      order = 24,
      description = "Summary as one JSON object on standard output, progress as JSON lines.")
  void json(boolean json) {
    Setting.set("emitter.json", Boolean.toString(json));
  }
}
