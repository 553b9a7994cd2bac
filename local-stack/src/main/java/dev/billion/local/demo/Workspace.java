// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.demo;

import java.nio.file.Path;

/**
 * Where a demo keeps what.
 *
 * @param directory the top, also that of the stack
 */
record Workspace(Path directory) {

  Path events() {
    return directory.resolve("events");
  }

  Path deadLetters() {
    return directory.resolve("dead_letters");
  }

  Path checkpoint() {
    return directory.resolve("checkpoint");
  }

  /** What the producer says it sent: the measure of the proof. */
  Path sent() {
    return directory.resolve("sent.json");
  }

  Path log(String program) {
    return directory.resolve("logs").resolve(program + ".log");
  }
}
