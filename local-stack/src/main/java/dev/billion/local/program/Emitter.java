// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.program;

import dev.billion.local.Binary;
import dev.billion.local.Checkout;
import dev.billion.local.Java;
import java.nio.file.Path;
import java.util.List;

/** How to run the emitter that a checkout has built. */
public final class Emitter {

  private Emitter() {}

  /** The start of a command line: that of the binary where there is one, else of the jar. */
  public static List<String> command(Checkout checkout, Java java, List<String> jvmOptions) {
    return Binary.emitter()
        .map(binary -> Binary.command(binary, List.of()))
        .orElseGet(() -> java.jar(jvmOptions, jar(checkout), List.of()));
  }

  private static Path jar(Checkout checkout) {
    return checkout.built("producer-native", "target", "quarkus-app", "quarkus-run.jar");
  }
}
