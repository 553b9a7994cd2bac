// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.measure;

import java.util.List;

/**
 * The part of a run that counts. It is steady where it begins after the first fifth of the records,
 * when a JVM has started and compiled, and ends before the last ones, when less and less is on its
 * way.
 *
 * @param from its beginning
 * @param to its end
 * @param steady whether it is
 */
record Window(Sample from, Sample to, boolean steady) {

  /**
   * The steady part, or the whole run where no two samples lie in it.
   *
   * @param samples in order, the first at the start of the process; at least two
   * @param records how many there are
   */
  static Window of(List<Sample> samples, long records) {
    List<Sample> steady =
        samples.stream()
            .filter(
                sample -> sample.done() >= records * Measured.WARM_UP && sample.done() < records)
            .toList();
    return steady.size() < 2
        ? new Window(samples.get(0), samples.get(samples.size() - 1), false)
        : new Window(steady.get(0), steady.get(steady.size() - 1), true);
  }

  long records() {
    return to.done() - from.done();
  }

  double seconds() {
    return (to.nanos() - from.nanos()) / 1e9;
  }

  double cpuSeconds() {
    return to.cpuSeconds() - from.cpuSeconds();
  }
}
