// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.chaos;

import dev.billion.local.LocalStackException;
import dev.billion.local.Server;

/** Starts a server again, as an orchestrator would: until it serves. */
final class Restart {

  private Restart() {}

  /**
   * Returns when it serves.
   *
   * @param failures of starts
   */
  static void of(Server server, Failures failures) {
    boolean serves = false;
    while (!serves) {
      try {
        server.start();
        serves = true;
      } catch (LocalStackException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw e;
        }
        failures.add(e);
      }
    }
  }
}
