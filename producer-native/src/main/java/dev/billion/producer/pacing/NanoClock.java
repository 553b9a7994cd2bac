// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.pacing;

/** A clock for distances in time: ns since an arbitrary moment, never backwards. */
@FunctionalInterface
public interface NanoClock {
  long nanos();
}
