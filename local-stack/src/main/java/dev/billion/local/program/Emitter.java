// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.program;

import dev.billion.local.Binary;
import dev.billion.local.Checkout;
import dev.billion.local.Java;
import java.nio.file.Path;
import java.util.List;

/** How to run the emitter that a checkout has built. */
public final class Emitter {

  /** Room for a full buffer and little else: an emitter that piles up what it cannot send ends. */
  public static final List<String> SMALL =
      List.of(
          "-Xmx128m", "-XX:+ExitOnOutOfMemoryError", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private Emitter() {}

  /** The start of a command line: that of the binary where there is one, else of the jar. */
  public static List<String> command(Checkout checkout, Java java, List<String> jvmOptions) {
    return Binary.emitter()
        .map(binary -> Binary.command(binary, List.of()))
        .orElseGet(() -> java.jar(jvmOptions, jar(checkout), List.of()));
  }

  /** The start of a command line that steers a fleet, always of the jar. */
  public static List<String> control(Checkout checkout, Java java) {
    return java.jar(
        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"), jar(checkout), List.of("control"));
  }

  private static Path jar(Checkout checkout) {
    return checkout.built("producer-native", "target", "quarkus-app", "quarkus-run.jar");
  }
}
