// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.chaos;

import java.time.Duration;

/** Time that passes. */
interface Ticker {

  /** The machine's. */
  Ticker SYSTEM =
      new Ticker() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public void sleep(Duration time) throws InterruptedException {
          Thread.sleep(time.toMillis());
        }
      };

  /** As {@link System#nanoTime()}. */
  long nanoTime();

  void sleep(Duration time) throws InterruptedException;
}
