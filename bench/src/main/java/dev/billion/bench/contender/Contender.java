// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.contender;

import dev.billion.bench.measure.JsonOutput;
import dev.billion.bench.measure.Output;
import java.util.List;

/** A way of sending records, as a program. */
public interface Contender {

  String name();

  /** How many records it gets where {@code wanted} is what all get. */
  default long records(long wanted) {
    return wanted;
  }

  List<String> command(Job job);

  /** Understands what one run prints. */
  default Output output() {
    return new JsonOutput();
  }
}
