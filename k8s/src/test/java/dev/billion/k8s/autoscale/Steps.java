// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s.autoscale;

import java.util.Locale;

/** How many replicas there were, and when that changed. */
final class Steps {

  private final long begin = System.nanoTime();
  private final StringBuilder text = new StringBuilder("replicas");
  private int last = -1;

  void saw(int replicas) {
    if (replicas != last) {
      text.append(String.format(Locale.ROOT, "  %.1f s: %d", seconds(), replicas));
      last = replicas;
    }
  }

  void print() {
    System.out.printf(Locale.ROOT, "%s; all members after %.1f s%n", text, seconds());
  }

  private double seconds() {
    return (System.nanoTime() - begin) / 1e9;
  }
}
