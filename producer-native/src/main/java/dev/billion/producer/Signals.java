// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer;

import io.quarkus.runtime.Quarkus;
import jakarta.enterprise.context.ApplicationScoped;
import sun.misc.Signal;

/**
 * SIGTERM and Ctrl-C as a wish to end, not as the end: the application drains while everything it
 * needs still runs, and exits with its own code. A second signal ends it at once.
 */
@ApplicationScoped
class Signals {

  private static final int KILLED_BY_SIGNAL = 128;

  void drainOnTerm() {
    drainOn("TERM");
    drainOn("INT");
  }

  private static void drainOn(String name) {
    Signal.handle(
        new Signal(name),
        first -> {
          Signal.handle(
              first, second -> Runtime.getRuntime().halt(KILLED_BY_SIGNAL + second.getNumber()));
          Quarkus.asyncExit();
        });
  }
}
