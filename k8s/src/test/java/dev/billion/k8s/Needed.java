// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s;

import static org.assertj.core.api.Assumptions.assumeThat;

/** What a test needs that not every machine has. */
final class Needed {

  private Needed() {}

  /** Skips the test unless it is there, and says what is therefore not checked. */
  static void otherwise(boolean isThere, String notChecked) {
    if (!isThere) {
      System.err.println("NOT CHECKED: " + notChecked);
    }
    assumeThat(isThere).as(notChecked).isTrue();
  }
}
