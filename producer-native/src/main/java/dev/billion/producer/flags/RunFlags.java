// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.flags;

import dev.billion.producer.run.Run;
import dev.billion.schemas.Quantity;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the events are. */
public final class RunFlags {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--event-rate",
      order = 12,
      paramLabel = "RATE",
      description =
          "Events per second of event time; does not depend on --rate, so that an event's bytes do not. "
              + "Default: 277778")
  void eventRate(String rate) {
    Setting.set(spec, "emitter.event-rate", rate, Quantity::count);
  }

  @Option(
      names = "--run",
      order = 13,
      paramLabel = "HEX",
      description =
          "Id of the run, up to 12 hex digits, at once the time of its first event in ms since 1970. "
              + "Default: now")
  void run(String id) {
    Setting.set(spec, "emitter.run", id, Run::parseId);
  }

  @Option(
      names = "--seed",
      order = 14,
      paramLabel = "NUMBER",
      description = "What the events are drawn from. Default: 1")
  void seed(String number) {
    Setting.set(spec, "emitter.seed", number, Long::parseLong);
  }

  @Option(
      names = "--shards",
      order = 15,
      paramLabel = "COUNT",
      description = "Into how many shards the run is cut, 1 to 4096. Default: 64")
  void shards(String count) {
    Setting.set(spec, "emitter.shards", count, Integer::parseInt);
  }
}
