// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.control;

import dev.billion.producer.pacing.Profile;
import dev.billion.producer.pacing.Rate;
import java.time.Clock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Steers a running fleet. Every member obeys within a second. */
@Command(
    name = "billion control",
    mixinStandardHelpOptions = true,
    version = "billion 0.1.0",
    usageHelpWidth = 110,
    synopsisSubcommandLabel = "COMMAND",
    description = "Steers the emitters of a topic that run with --fleet.",
    subcommands = StatusCommand.class)
public final class ControlCommand {

  private final Clock clock = Clock.systemUTC();

  @Command(description = "Another rate for the whole fleet, from now on.")
  int rate(
      @Parameters(paramLabel = "RATE", description = "Records per second, such as 500k, or max.")
          String rate,
      @Mixin FleetOptions fleet)
      throws InterruptedException {
    Rate newRate = fleet.checked(rate, Rate::parse);
    return fleet.steer((schedule, now, sent) -> schedule.withRate(newRate, now, sent), clock);
  }

  @Command(description = "Another profile, which begins now.")
  int profile(
      @Parameters(
              paramLabel = "PROFILE",
              description =
                  "constant, ramp:over=5m,from=0, sine:period=10m,amplitude=0.5 or "
                      + "spikes:every=1m,for=5s,factor=10.")
          String profile,
      @Mixin FleetOptions fleet)
      throws InterruptedException {
    Profile newProfile = fleet.checked(profile, Profile::parse);
    return fleet.steer((schedule, now, sent) -> schedule.withProfile(newProfile, now, sent), clock);
  }

  @Command(description = "Nothing more is due until it is resumed. What is late is still sent.")
  int pause(@Mixin FleetOptions fleet) throws InterruptedException {
    return fleet.steer((schedule, now, sent) -> schedule.withPaused(true, now, sent), clock);
  }

  @Command(description = "Goes on where it was paused.")
  int resume(@Mixin FleetOptions fleet) throws InterruptedException {
    return fleet.steer((schedule, now, sent) -> schedule.withPaused(false, now, sent), clock);
  }

  @Command(description = "Ends the run. Every member commits what it has sent, and exits.")
  int stop(@Mixin FleetOptions fleet) throws InterruptedException {
    return fleet.stop();
  }
}
