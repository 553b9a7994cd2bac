// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.flags;

import dev.billion.producer.pacing.Profile;
import dev.billion.producer.pacing.Rate;
import dev.billion.schemas.Quantity;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How much is sent, and how fast. */
public final class LoadFlags {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--records",
      order = 6,
      paramLabel = "COUNT",
      description = "How many, such as 10M. Default: no end")
  void records(String count) {
    Setting.set(spec, "emitter.records", count, Quantity::count);
  }

  @Option(
      names = "--duration",
      order = 7,
      paramLabel = "TIME",
      description = "How long, such as 5m. Default: no end")
  void duration(String time) {
    Setting.set(spec, "emitter.duration", time, Quantity::time);
  }

  @Option(
      names = "--rate",
      order = 8,
      paramLabel = "RATE",
      description = "Records per second, such as 50k, or max. Default: 50k")
  void rate(String rate) {
    Setting.set(spec, "emitter.rate", rate, Rate::parse);
  }

  @Option(
      names = "--profile",
      order = 9,
      paramLabel = "PROFILE",
      description =
          "How the rate changes: constant, ramp:over=5m,from=0, sine:period=10m,amplitude=0.5, "
              + "spikes:every=1m,for=5s,factor=10. Default: constant")
  void profile(String profile) {
    Setting.set(spec, "emitter.profile", profile, Profile::parse);
  }

  @Option(
      names = "--batch-records",
      order = 21,
      paramLabel = "COUNT",
      description = "The most records in a batch. Default: 1024")
  void batchRecords(String count) {
    Setting.set(spec, "emitter.batch-records", count, Integer::parseInt);
  }
}
