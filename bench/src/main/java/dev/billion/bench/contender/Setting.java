// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.contender;

import dev.billion.local.Checkout;
import dev.billion.local.Java;
import java.nio.file.Path;
import java.util.List;

/**
 * What all contenders have in common.
 *
 * @param checkout where the programs are
 * @param java how to run them
 * @param bootstrap the broker
 * @param registry the schema registry
 * @param client settings of every producer
 * @param payloads genuine events, encoded
 */
public record Setting(
    Checkout checkout,
    Java java,
    String bootstrap,
    String registry,
    ClientSettings client,
    PayloadFile payloads) {

  /** The largest heap, the same for each. */
  private static final String HEAP = "-Xmx512m";

  List<String> jvmOptions(Job job) {
    return List.of(HEAP, "-Xlog:gc:file=" + job.gcLog() + ":uptime");
  }

  List<String> nativeOptions() {
    return List.of(HEAP, "-XX:+PrintGC");
  }

  Path built(String first, String... more) {
    return checkout.built(first, more);
  }
}
