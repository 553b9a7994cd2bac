// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.flags;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether the run is shared. */
public final class FleetFlags {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--fleet",
      order = 10,
      description =
          "Share the run with all other emitters of this topic that say so: join the one that is open, "
              + "or open one by the flags given here.")
  void fleet(boolean fleet) {
    Setting.set("emitter.fleet.enabled", Boolean.toString(fleet));
  }

  @Option(
      names = "--delivery",
      order = 11,
      paramLabel = "GUARANTEE",
      description =
          "In a fleet, what crashes may do: exactly-once nothing, at-least-once repeat events. "
              + "Default: exactly-once")
  void delivery(String guarantee) {
    Setting.set(spec, "emitter.fleet.delivery", guarantee, FleetFlags::requireGuarantee);
  }

  private static void requireGuarantee(String text) {
    if (!List.of("exactly-once", "at-least-once").contains(text)) {
      throw new IllegalArgumentException(
          "not a guarantee: '%s' (valid: exactly-once, at-least-once)".formatted(text));
    }
  }
}
