// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.flags;

import dev.billion.producer.event.Keys;
import dev.billion.producer.event.SchemaMix;
import dev.billion.producer.event.Share;
import dev.billion.schemas.Quantity;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What is awkward about them. */
public final class AwkwardFlags {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--late",
      order = 16,
      paramLabel = "SHARE",
      description =
          "How many events happened earlier than their place says, such as 1%%. Default: 0%%")
  void late(String share) {
    Setting.set(spec, "emitter.late", share, Share::parse);
  }

  @Option(
      names = "--late-by",
      order = 17,
      paramLabel = "TIME",
      description = "By how much at most. Default: 10m")
  void lateBy(String time) {
    Setting.set(spec, "emitter.late-by", time, Quantity::time);
  }

  @Option(
      names = "--poison",
      order = 18,
      paramLabel = "SHARE",
      description =
          "How many records that no reader can decode are sent beside the events, such as 0.01%%. Default: 0%%")
  void poison(String share) {
    Setting.set(spec, "emitter.poison", share, Share::parse);
  }

  @Option(
      names = "--keys",
      order = 19,
      paramLabel = "KIND",
      description = "What records are keyed by: none, session or user. Default: none")
  void keys(String kind) {
    Setting.set(spec, "emitter.keys", kind, Keys::parse);
  }

  @Option(
      names = "--schema-mix",
      order = 20,
      paramLabel = "MIX",
      description =
          "Which versions of the schema events are written in, by weight, such as v1:80,v2:20. Default: v1:100")
  void schemaMix(String mix) {
    Setting.set(spec, "emitter.schema-mix", mix, SchemaMix::parse);
  }
}
